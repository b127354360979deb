-- Heads: one row an event.
create table heads (
    event_id integer primary key autoincrement,
    version integer not null default 0,
    slice_id text,
    next_deadline text,
    published_version integer not null default 0,
    created_by text unique
);

-- The journal: one row a decision, its facts a JSON array.
create table journal (
    event_id integer not null,
    version integer not null,
    at text not null,
    command_id text,
    body_hash integer not null,
    kinds text not null,
    facts text not null,
    primary key (event_id, version)
) without rowid;

-- Refusals of commands that came with a client's key.
create table refusals (
    event_id integer not null,
    command_id text not null,
    body_hash integer not null,
    base_version integer not null,
    at text not null,
    primary key (event_id, command_id)
) without rowid;

create table event_index (
    event_id integer primary key,
    title text not null,
    location text not null,
    visibility text not null,
    state text not null,
    starts_at text not null,
    ends_at text not null
);
create index event_index_by_start on event_index (starts_at, event_id);

create table event_organisers (
    event_id integer not null,
    person_id text not null,
    primary key (person_id, event_id)
) without rowid;
create index event_organisers_by_event on event_organisers (event_id);

create table invitation_index (
    event_id integer not null,
    number integer not null,
    person_id text,
    email text not null,
    created_at text not null,
    primary key (event_id, number)
) without rowid;
create index invitation_index_by_person on invitation_index (person_id, event_id, number);
create index invitation_index_by_email on invitation_index (email, event_id, number);

-- Secrets the machine keeps, such as the key that signs tickets.
create table keys (
    name text primary key,
    value text not null,
    created_at text not null default current_timestamp
);
