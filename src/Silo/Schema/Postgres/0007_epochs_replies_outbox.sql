-- The activation that may write: every statement of an earlier one does nothing.
alter table heads add column epoch bigint not null default 0;

-- Overdue events are found without reading the others.
create index heads_by_deadline on heads (next_deadline) where next_deadline is not null;

-- Replies to commands that came with a client's key, kept for a day.
create table replies (
    event_id bigint not null,
    command_id uuid not null,
    body_hash bigint not null,
    version bigint not null,
    at timestamptz not null,
    reply json,
    primary key (event_id, command_id)
);
create index replies_by_age on replies (at);
-- Commands of the last day keep their effect to one; their replies were not stored.
insert into replies (event_id, command_id, body_hash, version, at)
select event_id, command_id, body_hash, version, at from journal where command_id is not null and at > now() - interval '1 day'
on conflict do nothing;
drop table refusals;

-- Keyed commands whose body names their event: the first event counts.
create table key_bindings (
    command_id uuid primary key,
    event_id bigint not null,
    at timestamptz not null default now()
);
create index key_bindings_by_age on key_bindings (at);

-- How far the people of an event were notified: the last version that may notify somebody, and the cursors of those who work on it.
create table outbox (
    event_id bigint primary key,
    person_version bigint not null default 0,
    person_published bigint not null default 0,
    everybody_version bigint not null default 0,
    everybody_published bigint not null default 0,
    reconciled bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
insert into outbox (event_id, person_version, person_published, everybody_version, everybody_published, reconciled)
select heads.event_id, heads.version, heads.published_version, heads.version, heads.published_version, coalesce(reconciled.version, 0)
from heads left join reconciled on reconciled.event_id = heads.event_id where heads.version > 0;
create index outbox_behind on outbox (event_id) where person_published < person_version or everybody_published < everybody_version;
create index outbox_unreconciled on outbox (event_id) where reconciled < person_version or reconciled < everybody_version;
drop table reconciled;
alter table heads drop column published_version;
