-- A form sent again names uploads that its first try has claimed: what they hold is found by their id alone, before anybody knows whose they became.
create index on documents.file (id);
