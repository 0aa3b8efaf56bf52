-- when a webhook told of the record last, in microseconds since 1970; null: a poll has shown it since
alter table ledger add column told_at bigint;

-- raised by every transaction in which a webhook writes the resource's ledger rows: a poll that was judged before it judges once more
alter table resource add column told_version bigint not null default 0;

-- webhooks that were entered, so that one that is sent again is not
create table webhook_delivery (
  instance_id bigint       not null references instance on delete cascade,
  delivery_id varchar(64)  not null, -- hash of what the provider names it by
  received_at timestamp with time zone not null,
  primary key (instance_id, delivery_id)
);
create index webhook_delivery_received on webhook_delivery (received_at);
