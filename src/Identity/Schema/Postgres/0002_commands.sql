-- A row reserves the key of a command first, and keeps its reply when the command is finished. The table keeps its name, and the
-- new columns have defaults: nodes of the version before go on writing to it until they are replaced.
alter table identity."Answers"
    add column "Run" text not null default '',
    add column "Attempt" integer not null default 1,
    add column "LeaseUntil" timestamp with time zone,
    add column "Salt" text,
    add column "OtherBodies" integer not null default 0;

create index "IX_Answers_At" on identity."Answers" ("At");

-- What a refresh token was answered with, for those who send the same token again within seconds.
create table identity."RefreshSuccessors" (
    "TokenId" text not null,
    "Response" text not null,
    "Until" timestamp with time zone not null,
    constraint "PK_RefreshSuccessors" primary key ("TokenId")
);

create index "IX_RefreshSuccessors_Until" on identity."RefreshSuccessors" ("Until");
