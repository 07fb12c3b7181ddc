//! What the acceptance tests share: folders, programs, a hub, a window.
