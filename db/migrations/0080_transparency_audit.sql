-- The audit view: one row per event, found by who, where, what and when. Filled from the log by the subscription `audit`; may be emptied and filled again.
create schema transparency;
grant usage on schema transparency to motcua_app;

create table transparency.audit_entry (
  stream uuid not null,
  seq int not null,
  kind text not null,
  -- Where the event stands in the log; breaks ties of the same millisecond.
  position bigint not null,
  at timestamptz(3) not null,
  type text not null,
  person_id uuid,
  post_id uuid,
  -- The unit of that post.
  unit_id uuid,
  -- Which job, where no person acted.
  job text,
  -- The human code that the event gives the stream (dossier, unit, procedure), so that it can be looked up by it.
  code text,
  primary key (stream, seq)
);
create index on transparency.audit_entry (at desc, position desc);
create index on transparency.audit_entry (person_id, at desc) where person_id is not null;
create index on transparency.audit_entry (unit_id, at desc) where unit_id is not null;
create index on transparency.audit_entry (type, at desc);
create index on transparency.audit_entry (code) where code is not null;

grant select, insert, update, delete on all tables in schema transparency to motcua_app;
