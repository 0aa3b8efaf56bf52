-- what a record is found by, and what its changes write, apart: H2 writes all indexes of a row again where a column changes
alter table ledger rename to ledger_before;
create table ledger (
  id          bigint        not null primary key, -- from ledger_id
  resource_id bigint        not null references resource on delete cascade,
  record_id   varchar(1000) not null,
  unique (resource_id, record_id)
);
create sequence ledger_id increment by 100000;

-- what is known of a record; dates in microseconds since 1970, null where it has none
create table ledger_state (
  id              bigint      not null primary key references ledger on delete cascade,
  updated         bigint,
  created         bigint,
  fingerprint     bigint      not null,
  sequence        bigint      not null, -- events entered of it
  state           varchar(10) not null, -- LIVE, LISTED (by a sweep only), DELETED, FORGOTTEN (before a reset)
  missing         integer     not null, -- sweeps in a row that did not show it
  stale_at        bigint,               -- start of the poll that showed an older updated date
  record          text,                 -- the last one, where keepRecords is set
  told_at         bigint,               -- when a webhook told of it last; null: a poll has shown it since
  notification_id bigint                -- carries its last event; null: it had none
);

insert into ledger (id, resource_id, record_id)
  select -row_number() over (order by resource_id, record_id), resource_id, record_id from ledger_before;
insert into ledger_state (id, updated, created, fingerprint, sequence, state, missing, stale_at, record, told_at, notification_id)
  select l.id, b.updated, b.created, b.fingerprint, b.sequence, b.state, b.missing, b.stale_at, b.record, b.told_at, b.notification_id
  from ledger_before b join ledger l on l.resource_id = b.resource_id and l.record_id = b.record_id;
drop table ledger_before;
