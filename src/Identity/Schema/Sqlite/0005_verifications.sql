-- An address belongs to the account that proved it. Any number of accounts may name one that nobody proved; what was registered before
-- counts as not proved, since nobody ever was asked to.
drop index "EmailIndex";

create index "EmailIndex" on "AspNetUsers" ("NormalizedEmail");

create unique index "ProvedEmailIndex" on "AspNetUsers" ("NormalizedEmail") where "EmailConfirmed";

-- The address of an administrator who was made from the configuration is no mailbox: there is nothing to prove.
update "AspNetUsers" set "EmailConfirmed" = 1
where "NormalizedEmail" = "NormalizedUserName" || '@LOCALHOST.INVALID' and "Id" in (
    select membership."UserId" from "AspNetUserRoles" membership
    join "AspNetRoles" role on role."Id" = membership."RoleId" where role."NormalizedName" = 'ADMIN');

-- What accounts were asked to prove. The token of a mail is not here: it is the id and a code that silos make and check.
create table "EmailVerifications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_EmailVerifications" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "NormalizedEmail" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Until" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    "QueuedAt" TEXT NULL,
    CONSTRAINT "FK_EmailVerifications_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

create index "IX_EmailVerifications_AccountId_At" on "EmailVerifications" ("AccountId", "At");

create index "IX_EmailVerifications_NormalizedEmail_At" on "EmailVerifications" ("NormalizedEmail", "At");

create index "IX_EmailVerifications_Until" on "EmailVerifications" ("Until");

create index "IX_EmailVerifications_Unqueued" on "EmailVerifications" ("At") where "QueuedAt" is null;
