-- the OAuth2 tokens of an instance, shared by all processes on this database
create table oauth_token (
  instance_id  bigint not null primary key references instance on delete cascade,
  tokens       text   not null,          -- JSON object, sealed
  expires_at   timestamp with time zone, -- of the access token; null: the server did not say
  version      bigint not null,          -- raised by every change and every claim: who writes must hold it
  leased_until timestamp with time zone, -- someone is asking for new ones, or died while asking
  refused      varchar(2000)             -- why the refresh token no longer works; null: it was never refused
);
