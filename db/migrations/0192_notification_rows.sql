-- A changed template keeps what its event says, the texts: the rest of it is that of the release.
update notification.template set content = jsonb_build_object('texts', content->'texts');
