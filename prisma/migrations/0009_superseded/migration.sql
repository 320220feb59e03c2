-- A newer state supersedes an older one that ended without arriving: those are few, and found by what they are about.

CREATE INDEX delivery_lost_subject ON delivery (connection_id, subject) WHERE state IN ('refused', 'expired', 'unknown');
