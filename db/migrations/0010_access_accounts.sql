-- Accounts are ours (decision 19): created by our commands, in one transaction with their event. The shapes of user, account, session and
-- verification are what better-auth reads and writes, in snake case; the other columns are ours.
create schema access;
grant usage on schema access to motcua_app;

create table access.user (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  -- Not the person's name: that stands once, in organisation.person, and may be erased there.
  name text not null,
  -- Invented where unknown: `<id>@khong-co.invalid`, never shown and never mailed (decision 19).
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  person_id uuid not null,
  disabled_at timestamptz(3),
  must_change_password boolean not null default false
);
create index on access.user (person_id);

create table access.account (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references access.user on delete cascade,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (provider_id, account_id)
);
create index on access.account (user_id);

-- Exempt from the log (decision 9). A token is worth nothing without the signature that the installation's secret makes, and that is not in
-- the database: who reads a backup gets no session. updated_at = last seen, kept to some minutes.
create table access.session (
  id uuid primary key,
  token text not null unique,
  user_id uuid not null references access.user on delete cascade,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- The absolute end; the idle end of an officer's session follows from updated_at.
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text
);
create index on access.session (user_id);
create index on access.session (expires_at);

create table access.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index on access.verification (identifier);

-- Lockout (decision 19): failed sign-ins per account name and per address. Exempt from the log; sign-ins and failures go to log.access.
create table access.attempt (
  -- 'account:' or 'address:' and the SHA-256 of the name or address: the table lists neither.
  key text primary key,
  failures int not null,
  window_from timestamptz(3) not null,
  -- How many times in a row it was locked: each doubles the time.
  locks int not null default 0,
  locked_until timestamptz(3)
);

grant select, insert, update, delete on all tables in schema access to motcua_app;
