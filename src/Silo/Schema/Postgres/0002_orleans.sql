-- What Orleans's ADO.NET providers ask of a database: the queries they look up by name, over tables of our own.
create table OrleansQuery (
    QueryKey text primary key,
    QueryText text not null
);

create table orleans_cluster (
    deployment_id text primary key,
    version integer not null
);

create table orleans_silo (
    deployment_id text not null,
    address text not null,
    port integer not null,
    generation integer not null,
    silo_name text not null,
    host_name text not null,
    status integer not null,
    proxy_port integer not null,
    suspect_times text,
    start_time timestamptz not null,
    i_am_alive_time timestamptz not null,
    primary key (deployment_id, address, port, generation)
);

create table orleans_reminder (
    service_id text not null,
    grain_id text not null,
    reminder_name text not null,
    start_time timestamptz not null,
    period bigint not null,
    grain_hash integer not null,
    version integer not null,
    primary key (service_id, grain_id, reminder_name)
);
create index orleans_reminder_by_hash on orleans_reminder (service_id, grain_hash);

create table orleans_state (
    service_id text not null,
    state_name text not null,
    n0 bigint not null,
    n1 bigint not null,
    extension text not null,
    payload bytea,
    version integer not null,
    primary key (service_id, state_name, n0, n1, extension)
);

insert into OrleansQuery (QueryKey, QueryText) values
('InsertMembershipVersionKey', $q$
    with made as (
        insert into orleans_cluster (deployment_id, version) values (@DeploymentId, 0) on conflict do nothing returning 1
    ) select exists (select from made)
$q$),
('InsertMembershipKey', $q$
    with vacant as (
        update orleans_cluster set version = version + 1
        where deployment_id = @DeploymentId and version = @Version and not exists (
            select from orleans_silo
            where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning 1
    ), made as (
        insert into orleans_silo (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
        select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        from vacant returning 1
    ) select exists (select from made)
$q$),
('UpdateMembershipKey', $q$
    with current as (
        update orleans_cluster set version = version + 1
        where deployment_id = @DeploymentId and version = @Version and exists (
            select from orleans_silo
            where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning 1
    ), changed as (
        update orleans_silo set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
            and exists (select from current)
        returning 1
    ) select exists (select from changed)
$q$),
('UpdateIAmAlivetimeKey', $q$
    update orleans_silo set i_am_alive_time = @IAmAliveTime
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$q$),
('MembershipReadRowKey', $q$
    select c.version as Version, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
        s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
        s.start_time as StartTime, s.i_am_alive_time as IAmAliveTime
    from orleans_cluster c left join orleans_silo s
        on s.deployment_id = c.deployment_id and s.address = @Address and s.port = @Port and s.generation = @Generation
    where c.deployment_id = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
    select c.version as Version, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
        s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
        s.start_time as StartTime, s.i_am_alive_time as IAmAliveTime
    from orleans_cluster c left join orleans_silo s on s.deployment_id = c.deployment_id
    where c.deployment_id = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
    select address as Address, proxy_port as ProxyPort, generation as Generation
    from orleans_silo where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$q$),
('DeleteMembershipTableEntriesKey', $q$
    with members as (delete from orleans_silo where deployment_id = @DeploymentId)
    delete from orleans_cluster where deployment_id = @DeploymentId
$q$),
('CleanupDefunctSiloEntriesKey', $q$
    delete from orleans_silo where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
$q$),
('CleanupDefunctSiloEntryKey', $q$
    delete from orleans_silo
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and status = 6
        and suspect_times is not distinct from @SuspectTimes and start_time = @StartTime and i_am_alive_time = @IAmAliveTime
$q$),
('ReadReminderRowsKey', $q$
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId
$q$),
('ReadReminderRowKey', $q$
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
$q$),
('ReadRangeRows1Key', $q$
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
    from orleans_reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$q$),
('UpsertReminderRowKey', $q$
    insert into orleans_reminder (service_id, grain_id, reminder_name, start_time, period, grain_hash, version)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    on conflict (service_id, grain_id, reminder_name) do update
    set start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = orleans_reminder.version + 1
    returning version as Version
$q$),
('DeleteReminderRowKey', $q$
    with gone as (
        delete from orleans_reminder
        where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
        returning 1
    ) select exists (select from gone)
$q$),
('DeleteReminderRowsKey', $q$
    delete from orleans_reminder where service_id = @ServiceId
$q$),
('ReadFromStorageKey', $q$
    select payload as PayloadBinary, version as Version from orleans_state
    where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
        and extension = coalesce(@GrainIdExtensionString, '')
$q$),
('WriteToStorageKey', $q$
    insert into orleans_state (service_id, state_name, n0, n1, extension, payload, version)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
    where @GrainStateVersion::integer is null or exists (
        select from orleans_state
        where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
            and extension = coalesce(@GrainIdExtensionString, ''))
    on conflict (service_id, state_name, n0, n1, extension) do update
    set payload = excluded.payload, version = orleans_state.version + 1
    where orleans_state.version = @GrainStateVersion::integer
    returning version as NewGrainStateVersion
$q$),
('ClearStorageKey', $q$
    update orleans_state set payload = null, version = version + 1
    where service_id = @ServiceId and state_name = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
        and extension = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion
    returning version as NewGrainStateVersion
$q$);
