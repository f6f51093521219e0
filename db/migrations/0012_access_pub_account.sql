-- Who an account belongs to: told by themselves on the sign-up page, or looked up on the identity card by an officer. What was handed in at a counter
-- is shown to checked accounts only: else whoever made an account with somebody's number first would read that person's later papers.
alter table access.user add column identity text not null default 'checked' check (identity in ('declared', 'checked'));

-- Which persons have an account: asked when somebody makes one for a person who is on record already, and before own papers are shown.
create view access.pub_account as select id as user_id, person_id, identity, disabled_at from access.user;
grant select on access.pub_account to motcua_app;
