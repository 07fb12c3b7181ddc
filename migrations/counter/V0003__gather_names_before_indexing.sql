-- An import brings tens of thousands of names: gathered in memory they are written in one piece and need no merging.
INSERT INTO subject_search (subject_search, rank) VALUES ('hashsize', 33554432);
