-- events packed, a row a notification, apart from the row that deliveries write again and again
create table notification_content (
  notification_id bigint not null primary key references notification on delete cascade,
  content         bytea,     -- its events in their order, see PackedEvents
  long_content    bytea      -- instead, where that is too long for a row
);
alter table notification add column created integer default 0 not null; -- events of each type that it carries
alter table notification add column updated integer default 0 not null;
alter table notification add column deleted integer default 0 not null;
alter table notification add column event_ids varchar default '' not null; -- in their order, a space between
alter table notification add column objects varchar default '' not null; -- hashes of resource and object id, likewise
drop index notification_of_instance;
create index notification_of_instance on notification (instance_id, poll_at);
create index notification_pending on notification (instance_id, resource_id) include (created, updated, deleted) where state = 'PENDING';

-- what a pending notification waits for: others that carry earlier pending events of its objects
create table notification_wait (
  resource_id     bigint not null references resource on delete cascade,
  notification_id bigint not null,
  waits_for       bigint not null,
  primary key (notification_id, waits_for)
);
create index notification_waited_for on notification_wait (waits_for);

-- the objects of notifications that are pending once more: they may have later events
create table notification_reopened (
  resource_id     bigint      not null references resource on delete cascade,
  object          varchar(16) not null, -- as in notification.objects
  notification_id bigint      not null,
  primary key (object, notification_id)
);
create index notification_reopened_again on notification_reopened (notification_id);

-- the notification that carries the record's last event; null: it had none
alter table ledger add column notification_id bigint;
