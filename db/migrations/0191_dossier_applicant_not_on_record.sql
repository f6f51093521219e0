-- An applicant for whom somebody else filed on line need not be on record: what was said of them stays with the dossier, which is found by the number said. Few rows.
create index on dossier.dossier (applicant_number) where submitter_id is not null and submitted_at is not null;
