-- Which persons have an account: asked when somebody makes one for a person who is on record already.
create view access.pub_account as select id as user_id, person_id, disabled_at from access.user;
grant select on access.pub_account to motcua_app;
