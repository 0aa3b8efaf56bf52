-- an instance whose file in routes/ is gone neither polls nor delivers, and keeps its state
alter table instance add column file_removed boolean default false not null;
-- settings of an instance file with their placeholders, as they are shown: JSON object, sealed
alter table instance add column file_texts text;
-- what must never be shown of it: JSON object with the secrets as keys, sealed
alter table instance add column file_secrets text;
-- raised by every change: who keeps an instance in memory sees by it whether it is still the same
alter table instance add column version bigint default 0 not null;
