-- For histories that are copied into the log: numbers of events are taken before their rows are written, so that a read model can be written beside them.
-- They are only ever taken: setting the sequence back needs another right.
grant usage on sequence log.event_id_seq to motcua_app;

-- No query looks for these values, so no plan needs to know how they are spread; `analyze` spent most of its time on them.
alter table log.event alter column actor set statistics 0, alter column data set statistics 0, alter column prev set statistics 0, alter column hash set statistics 0;
alter table log.private alter column path set statistics 0, alter column salt set statistics 0, alter column value set statistics 0;
alter table log.head alter column hash set statistics 0;
alter table dossier.dossier alter column explanation set statistics 0, alter column secret set statistics 0;
