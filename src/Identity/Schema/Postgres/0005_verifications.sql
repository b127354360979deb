-- An address belongs to the account that proved it. Any number of accounts may name one that nobody proved; what was registered before
-- counts as not proved, since nobody ever was asked to.
drop index identity."EmailIndex";

create index "EmailIndex" on identity."AspNetUsers" ("NormalizedEmail");

create unique index "ProvedEmailIndex" on identity."AspNetUsers" ("NormalizedEmail") where "EmailConfirmed";

-- The address of an administrator who was made from the configuration is no mailbox: there is nothing to prove.
update identity."AspNetUsers" set "EmailConfirmed" = true
where "NormalizedEmail" = "NormalizedUserName" || '@LOCALHOST.INVALID' and "Id" in (
    select membership."UserId" from identity."AspNetUserRoles" membership
    join identity."AspNetRoles" role on role."Id" = membership."RoleId" where role."NormalizedName" = 'ADMIN');

-- What accounts were asked to prove. The token of a mail is not here: it is the id and a code that silos make and check.
create table identity."EmailVerifications" (
    "Id" uuid not null,
    "AccountId" text not null,
    "Email" text not null,
    "NormalizedEmail" text not null,
    "At" timestamp with time zone not null,
    "Until" timestamp with time zone not null,
    "UsedAt" timestamp with time zone,
    "QueuedAt" timestamp with time zone,
    constraint "PK_EmailVerifications" primary key ("Id"),
    constraint "FK_EmailVerifications_AspNetUsers_AccountId"
        foreign key ("AccountId") references identity."AspNetUsers" ("Id") on delete cascade
);

create index "IX_EmailVerifications_AccountId_At" on identity."EmailVerifications" ("AccountId", "At");

create index "IX_EmailVerifications_NormalizedEmail_At" on identity."EmailVerifications" ("NormalizedEmail", "At");

create index "IX_EmailVerifications_Until" on identity."EmailVerifications" ("Until");

create index "IX_EmailVerifications_Unqueued" on identity."EmailVerifications" ("At") where "QueuedAt" is null;
