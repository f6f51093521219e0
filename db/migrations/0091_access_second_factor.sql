-- The second factor (RFC 6238), beside the password: credentials stand outside the log (docs/decisions/0003), that one was set or taken away is an event.
-- Numbered behind 0029, whose function is made anew.
create table access.second_factor (
  user_id uuid primary key references access.user on delete cascade,
  -- AES-256-GCM under a key that is not in the database: who reads a backup makes no codes.
  secret bytea not null,
  begun_at timestamptz(3) not null,
  -- Null until the first right code: a secret that nobody could read off the screen locks nobody out.
  confirmed_at timestamptz(3),
  -- The half-minute of the last code that was used: none is good twice.
  last_step bigint not null default 0,
  -- SHA-256, keyed by the installation's secret, of the backup codes that are left.
  backup text[] not null default '{}'
);
grant select, insert, update, delete on access.second_factor to motcua_app;

-- When the code was given; null where none was asked for, or not yet.
alter table access.session add column code_given_at timestamptz(3);

drop function access.session_of(text, timestamptz, date);
create function access.session_of(the_token text, at timestamptz, today date)
returns table (session_id uuid, user_id uuid, person_id uuid, username text, name text, must_change_password boolean,
               expires_at timestamptz(3), seen_at timestamptz(3), has_code boolean, code_given_at timestamptz(3), posts jsonb)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select s.id, u.id, u.person_id, u.username, p.name, u.must_change_password, s.expires_at, s.updated_at, f.confirmed_at is not null, s.code_given_at,
           coalesce((select jsonb_agg(jsonb_build_object('postId', h.post_id, 'role', h.role, 'title', h.title, 'unitId', h.unit_id, 'agencyId', h.agency_id,
                                                         'unitName', h.unit_name, 'agencyName', h.agency_name) order by h.valid_from desc, h.post_id)
                       from organisation.pub_held_post h
                      where h.person_id = u.person_id and h.valid_from <= today and (h.valid_to is null or h.valid_to > today)), '[]')
      from access.session s
      join access.user u on u.id = s.user_id
      left join organisation.pub_person p on p.id = u.person_id
      left join access.second_factor f on f.user_id = u.id
     where s.token = the_token and s.expires_at > at and u.disabled_at is null;
end $$;
