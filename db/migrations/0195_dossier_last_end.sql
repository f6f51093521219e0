-- What was over more than once: the first end goes on to count in the figures of the law (`ended_at`), the citizen waited until the last one.
alter table dossier.dossier
  -- Null for nearly all: over once, or not yet.
  add column last_ended_at timestamptz(3);

update dossier.dossier d set last_ended_at = coalesce(
    (select e.at from dossier.ending e where e.dossier_id = d.id),
    (select r.issued_at from dossier.result r where r.dossier_id = d.id order by r.n desc limit 1))
 where d.status in ('finished', 'returned', 'stopped', 'withdrawn') and (d.reopened_at is not null or exists (select from dossier.result r where r.dossier_id = d.id and r.n > 1));
