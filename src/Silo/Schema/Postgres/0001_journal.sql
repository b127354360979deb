-- Heads: one row an event. Updated by every slice, so rows keep room to be updated in place.
create table heads (
    event_id bigint generated always as identity primary key,
    version bigint not null default 0,
    slice_id uuid,
    next_deadline timestamptz,
    published_version bigint not null default 0,
    created_by uuid unique
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- The journal: one row a decision, its facts a JSON array.
create table journal (
    event_id bigint not null,
    version bigint not null,
    at timestamptz not null,
    command_id uuid,
    body_hash bigint not null,
    kinds text not null,
    facts json not null,
    primary key (event_id, version)
);

-- Refusals of commands that came with a client's key.
create table refusals (
    event_id bigint not null,
    command_id uuid not null,
    body_hash bigint not null,
    base_version bigint not null,
    at timestamptz not null,
    primary key (event_id, command_id)
);

create table event_index (
    event_id bigint primary key,
    title text not null,
    location text not null,
    visibility text not null,
    state text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    organisers text[] not null
);
create index event_index_by_start on event_index (starts_at, event_id);
create index event_index_by_organiser on event_index using gin (organisers);

create table invitation_index (
    event_id bigint not null,
    number integer not null,
    person_id text,
    email text not null,
    created_at timestamptz not null,
    primary key (event_id, number)
);
create index invitation_index_by_person on invitation_index (person_id, event_id, number) where person_id is not null;
create index invitation_index_by_email on invitation_index (email, event_id, number);

-- Secrets the cluster shares, such as the key that signs tickets.
create table keys (
    name text primary key,
    value text not null,
    created_at timestamptz not null default now()
);
