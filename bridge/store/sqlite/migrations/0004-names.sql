-- Two names as the code has them.
ALTER TABLE told_lead RENAME TO event_lead;
UPDATE cursor SET name = 'budget:alerted' WHERE name = 'budget:told';
