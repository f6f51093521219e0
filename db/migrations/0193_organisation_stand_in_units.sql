-- Who stands in does the work of the units whose absence was recorded: a leader says that for the unit that they lead, not for the other where both happen to work too. Null: recorded before, all.
alter table organisation.absence add column unit_ids uuid[];

create or replace view organisation.pub_delegated_post as
  select g.person_id, g.id as delegation_id, g.basis, g.powers, g.procedures, p.id as post_id, p.role, p.title, p.unit_id, u.agency_id, u.name as unit_name,
         a.name as agency_name, greatest(g.valid_from, p.valid_from, u.valid_from) as valid_from, least(g.valid_to, p.valid_to, u.valid_to) as valid_to
    from (
      select h.person_id, d.id, 'delegation' as basis, d.powers, d.procedures, d.from_post_id as post_id,
             greatest(d.valid_from, h.valid_from) as valid_from, least(d.valid_to, d.revoked_on, h.valid_to) as valid_to
        from organisation.pub_held_post h join organisation.delegation d on d.to_post_id = h.post_id
      union all
      select d.to_person_id, d.id, 'delegation', d.powers, d.procedures, d.from_post_id, d.valid_from, least(d.valid_to, d.revoked_on)
        from organisation.delegation d where d.to_person_id is not null
      union all
      select b.stand_in_id, b.id, 'stand-in', b.powers, null::text[], h.post_id,
             greatest(b.valid_from, h.valid_from, lower(beside.days)), least(b.valid_to, h.valid_to, upper(beside.days))
        from organisation.absence b
        join organisation.pub_held_post h on h.person_id = b.person_id and (b.unit_ids is null or h.unit_id = any(b.unit_ids))
       -- Days on which the stand-in has a post of their own in that unit; several of them are counted once.
       cross join lateral (
             select unnest(range_agg(daterange(s.valid_from, s.valid_to))) as days from organisation.pub_held_post s
              where s.person_id = b.stand_in_id and s.unit_id = h.unit_id and (s.valid_to is null or s.valid_to > s.valid_from)) beside
       where b.stand_in_id is not null
    ) g
    join organisation.post p on p.id = g.post_id
    join organisation.unit u on u.id = p.unit_id
    join organisation.unit a on a.id = u.agency_id;
