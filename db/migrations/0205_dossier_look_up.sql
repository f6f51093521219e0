-- A guess at the secret of a dossier, in one statement (decision 20). Guesses at one code, or from one address, wait for each other: each is counted before the
-- next one looks. A known and an unknown code take the same way. Secrets are compared by their digests, so that the time tells nothing of where they differ.
create function dossier.try_look_up(
  guess_id uuid, asked_code text, asked_address text, given bytea, asked_at timestamptz, since timestamptz, most_by_code int, most_by_address int,
  out dossier_id uuid, out blocked_since timestamptz)
language plpgsql set search_path = pg_catalog as $$
declare
  tries record;
  found_id uuid;
  matches boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended(k, 20)) from unnest(array['a ' || asked_address, 'c ' || asked_code]) k;
  select count(*) filter (where w.code = asked_code) as by_code, count(*) filter (where w.address = asked_address) as by_address, min(w.at) as oldest into tries
    from dossier.wrong_look_up w where (w.code = asked_code or w.address = asked_address) and w.at > since;
  select d.id, exists (
           select from unnest(array[d.secret, right(d.applicant_phone, 4), right(d.submitter_phone, 4)]) s where length(s) = 4 and sha256(convert_to(s, 'UTF8')) = given)
    into found_id, matches
    from (select asked_code as code) q left join dossier.code c on c.code = q.code left join dossier.dossier d on d.id = c.id;
  if tries.by_code >= most_by_code or tries.by_address >= most_by_address then
    blocked_since := tries.oldest;
  elsif matches and found_id is not null then
    dossier_id := found_id;
  else
    insert into dossier.wrong_look_up (id, code, address, at) values (guess_id, asked_code, asked_address, asked_at);
  end if;
end $$;
