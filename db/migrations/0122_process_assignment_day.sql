-- One setting of a unit for one day: a second one takes the place of the first, whose event stays. Two of the same millisecond had no order.
delete from process.assignment_rule a using process.assignment_rule b where a.unit_id = b.unit_id and a.valid_from = b.valid_from and a.id < b.id;
create unique index on process.assignment_rule (unit_id, valid_from);
drop index process.assignment_rule_unit_id_valid_from_id_idx;
grant update on process.assignment_rule to motcua_app;
