-- What was typed into a form that was sent after the session had ended: kept for an hour for the user whom that session named, so that signing in again
-- gives it back. Outside the log (decision 9). The text is sealed for this user: neither a dump nor another account reads it.
create table access.kept_form (
  id uuid primary key,
  user_id uuid not null references access.user,
  sealed text not null,
  expires_at timestamptz(3) not null
);
create index on access.kept_form (user_id);
create index on access.kept_form (expires_at);
grant select, insert, update, delete on access.kept_form to motcua_app;
