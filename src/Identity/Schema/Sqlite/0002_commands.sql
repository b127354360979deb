-- A row reserves the key of a command first, and keeps its reply when the command is finished. The table keeps its name, and the
-- new columns have defaults: replies of the day before the upgrade stay readable.
alter table "Answers" add column "Run" TEXT NOT NULL DEFAULT '';
alter table "Answers" add column "Attempt" INTEGER NOT NULL DEFAULT 1;
alter table "Answers" add column "LeaseUntil" TEXT NULL;
alter table "Answers" add column "Salt" TEXT NULL;
alter table "Answers" add column "OtherBodies" INTEGER NOT NULL DEFAULT 0;

create index "IX_Answers_At" on "Answers" ("At");

-- What a refresh token was answered with, for those who send the same token again within seconds.
create table "RefreshSuccessors" (
    "TokenId" TEXT NOT NULL CONSTRAINT "PK_RefreshSuccessors" PRIMARY KEY,
    "Response" TEXT NOT NULL,
    "Until" TEXT NOT NULL
);

create index "IX_RefreshSuccessors_Until" on "RefreshSuccessors" ("Until");
