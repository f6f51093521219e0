-- Decision 21. What somebody is still writing: outside the log (decision 9), kept 30 days, owned by a cookie until sign-in and by the account after.
-- Answers stand as typed, right or wrong.
create table dossier.draft (
  id uuid primary key,
  -- 'cookie:' and the SHA-256 of the cookie, or 'user:' and the account.
  owner text not null,
  procedure_code text not null,
  revision_id uuid not null,
  -- Place of reception and row of the procedure, as chosen.
  agency_id uuid not null,
  method_row int not null,
  -- Fields of the form by name, each with its values: {"father.name": ["…"]}
  fields jsonb not null default '{}',
  -- Uploads by number of the paper, '0' for others: {"1": ["<upload>"]}
  papers jsonb not null default '{}',
  -- How the result is to come, remark: as typed.
  wishes jsonb not null default '{}',
  -- Of the filing: the same for every try from this draft, so that two tabs make one dossier.
  submission_key uuid not null unique,
  -- Set where it answers a request to complete this dossier.
  completes uuid,
  -- The dossier that it became. Its contents are gone then; the row answers a form sent twice.
  submitted_as uuid,
  created_at timestamptz(3) not null,
  saved_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index on dossier.draft (owner, saved_at desc);
create index on dossier.draft (expires_at);
create unique index on dossier.draft (owner, completes) where completes is not null and submitted_as is null;

grant select, insert, update, delete on dossier.draft to motcua_app;
