-- What a unit was asked before is read page by page, newest first: the index holds the whole order, so that no page sorts all that was ever asked.
create index consultation_closed_idx on dossier.consultation (unit_id, asked_at desc, dossier_id desc, n desc) where not open;
drop index dossier.consultation_unit_id_asked_at_idx;
