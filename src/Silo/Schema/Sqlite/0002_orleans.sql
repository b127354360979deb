-- What Orleans's ADO.NET providers ask of a database: the queries they look up by name, over tables of our own.
create table OrleansQuery (
    QueryKey text primary key,
    QueryText text not null
);

create table orleans_reminder (
    service_id text not null,
    grain_id text not null,
    reminder_name text not null,
    start_time text not null,
    period integer not null,
    grain_hash integer not null,
    version integer not null,
    primary key (service_id, grain_id, reminder_name)
);
create index orleans_reminder_by_hash on orleans_reminder (service_id, grain_hash);

create table orleans_state (
    service_id text not null,
    state_name text not null,
    n0 integer not null,
    n1 integer not null,
    extension text not null,
    payload blob,
    version integer not null,
    primary key (service_id, state_name, n0, n1, extension)
);

insert into OrleansQuery (QueryKey, QueryText) values
('ReadReminderRowsKey', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId'),
('ReadReminderRowKey', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName'),
('ReadRangeRows1Key', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash'),
('ReadRangeRows2Key', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)'),
('UpsertReminderRowKey', '
    insert into orleans_reminder (service_id, grain_id, reminder_name, start_time, period, grain_hash, version)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    on conflict (service_id, grain_id, reminder_name) do update
    set start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = orleans_reminder.version + 1
    returning version as Version'),
('DeleteReminderRowKey', '
    delete from orleans_reminder
    where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version;
    select changes() > 0'),
('DeleteReminderRowsKey', '
    delete from orleans_reminder where service_id = @ServiceId'),
('ReadFromStorageKey', '
    select payload as PayloadBinary, version as Version from orleans_state
    where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
        and extension = coalesce(@GrainIdExtensionString, '''')'),
('WriteToStorageKey', '
    insert into orleans_state (service_id, state_name, n0, n1, extension, payload, version)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
    where @GrainStateVersion is null or exists (
        select 1 from orleans_state
        where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
            and extension = coalesce(@GrainIdExtensionString, ''''))
    on conflict (service_id, state_name, n0, n1, extension) do update
    set payload = excluded.payload, version = orleans_state.version + 1
    where orleans_state.version = @GrainStateVersion
    returning version as NewGrainStateVersion'),
('ClearStorageKey', '
    update orleans_state set payload = null, version = version + 1
    where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
        and extension = coalesce(@GrainIdExtensionString, '''') and version = @GrainStateVersion
    returning version as NewGrainStateVersion');
