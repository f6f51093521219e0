-- How a unit's dossiers find their officer (phân công tự động): a setting with the day from which it holds. Without one the leader assigns.
create schema process;
grant usage on schema process to motcua_app;

create table process.assignment_rule (
  id uuid primary key,
  unit_id uuid not null,
  valid_from date not null,
  rule text not null check (rule in ('manual', 'round-robin', 'least-loaded', 'by-field')),
  -- Whoever had this dossier before gets it again.
  keep_officer boolean not null,
  -- Field of procedures → posts; of rule by-field.
  fields jsonb not null
);
create index on process.assignment_rule (unit_id, valid_from, id);

-- Who had the last turn of a unit: a counter like that of codes, not a record. Its row is what makes two at the same moment take turns.
create table process.assignment_turn (
  unit_id uuid primary key,
  post_id uuid
);

create view process.pub_assignment_rule as select id, unit_id, valid_from, rule, keep_officer, fields from process.assignment_rule;
grant select, insert on process.assignment_rule to motcua_app;
grant select, insert, update on process.assignment_turn to motcua_app;
grant select on process.pub_assignment_rule to motcua_app;
