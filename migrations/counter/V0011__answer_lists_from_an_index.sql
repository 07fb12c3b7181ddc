-- Who came for many subjects lately, and which cases hold a text, is answered from an index alone.
DROP INDEX visit_agent;
CREATE INDEX visit_agent ON visit (agent_name, agent_id_masked, opened_at, uscc, subject_name) WHERE agent_name IS NOT NULL;
DROP INDEX repair_case_received;
CREATE INDEX repair_case_received ON repair_case (received_on, no, state, subject_name, decision_number, authority);
