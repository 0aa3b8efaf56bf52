-- raised by every transaction that writes the resource's ledger rows: what is known of them in memory holds at one version
alter table resource add column ledger_version bigint not null default 0;

-- one more statement in a page of many thousands
alter sequence notification_id increment by 100000;
