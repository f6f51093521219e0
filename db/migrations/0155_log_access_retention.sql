-- Who looked at whose data is personal data itself and is kept for its own time (ACCESS_LOG_DAYS), not for ever. The program's role may have old lines
-- taken away, by this function and not otherwise; half a year, whatever the settings and the demo's clock say, is out of its reach.
create function log.refuse_access_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '180 days' and current_setting('motcua.prunes_access', true) = 'yes' then return old; end if;
  raise exception 'the log of readings is append-only' using errcode = 'insufficient_privilege';
end $$;
drop trigger append_only on log.access;
create trigger append_only before update or delete on log.access for each row execute function log.refuse_access_change();

-- At most `most` lines at a time, so that no transaction is long.
create function log.prune_access(before timestamptz, most int) returns int language plpgsql security definer
set search_path = pg_catalog as $$
declare gone int;
begin
  perform set_config('motcua.prunes_access', 'yes', true);
  delete from log.access where id in (
    select a.id from log.access a where a.at < least(prune_access.before, now() - interval '180 days') order by a.at limit prune_access.most);
  get diagnostics gone = row_count;
  perform set_config('motcua.prunes_access', '', true);
  return gone;
end $$;
revoke execute on function log.prune_access(timestamptz, int) from public;
grant execute on function log.prune_access(timestamptz, int) to motcua_app;
