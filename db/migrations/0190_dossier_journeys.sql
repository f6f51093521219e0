-- Journeys of one need: attempts that were refused, declined, withdrawn, stopped or sent home, linked to the filing that follows them.
alter table dossier.dossier
  -- When the citizen first came with this need; null: with this dossier. Nothing is written for one without an earlier attempt.
  add column first_contact_at timestamptz(3),
  -- When it ended, or came back, without what was asked for: by it the next filing finds it.
  add column unmet_at timestamptz(3);

update dossier.dossier d set unmet_at = case d.status
    when 'refused' then d.refused_at
    when 'withdrawn' then (select e.at from dossier.ending e where e.dossier_id = d.id)
    when 'stopped' then (select e.at from dossier.ending e where e.dossier_id = d.id)
    when 'awaiting-completion' then (select r.asked_at from dossier.completion_request r where r.dossier_id = d.id order by r.n desc limit 1)
    else (select case r.kind when 'declined' then r.issued_at end from dossier.result r where r.dossier_id = d.id order by r.n desc limit 1)
  end
 where d.status in ('refused', 'withdrawn', 'stopped', 'awaiting-completion')
    or (d.status in ('finished', 'returned') and exists (select from dossier.result r where r.dossier_id = d.id and r.kind = 'declined'));

-- Few rows: a dossier that ended well is in neither.
create index on dossier.dossier (applicant_id, unmet_at) where unmet_at is not null;
create index on dossier.dossier (applicant_number, unmet_at) where unmet_at is not null;

create table dossier.earlier_attempt (
  dossier_id uuid not null,
  n int not null,
  "of" text not null check ("of" in ('dossier', 'guidance')),
  earlier_id uuid not null,
  fate text not null check (fate in ('guided', 'turned-away', 'completion-asked', 'refused', 'declined', 'withdrawn', 'stopped', 'filed')),
  first_contact_at timestamptz(3) not null,
  unmet_at timestamptz(3),
  linked_at timestamptz(3) not null,
  linked_by_person uuid,
  linked_by_post uuid,
  reason text,
  unlinked_at timestamptz(3),
  unlinked_by_person uuid,
  unlinked_by_post uuid,
  unlink_reason text,
  primary key (dossier_id, n),
  check ((unlinked_at is null) = (unlink_reason is null))
) partition by range (dossier_id);
-- What followed an attempt.
create index on dossier.earlier_attempt (earlier_id);

insert into platform.yearly_table values ('dossier.earlier_attempt', 56, 'dossier_id', 'dossier.dossier');

-- Whoever got a guidance, where the officer had them on record; else they are found by their telephone.
alter table dossier.guidance
  add column person_id uuid,
  add column person_phone_digits text generated always as (regexp_replace(regexp_replace(person_phone, '[^0-9+]', '', 'g'), '^(\+84|0084)', '0')) stored;
create index on dossier.guidance (person_id, given_at) where person_id is not null;
create index on dossier.guidance (person_phone_digits, given_at) where person_phone_digits is not null;

grant select, insert, update, delete on dossier.earlier_attempt to motcua_app;
