-- JSON: where a poll that broke off goes on, stored with each page that its paging can go on after; null: at the beginning
alter table resource add column resume text;
