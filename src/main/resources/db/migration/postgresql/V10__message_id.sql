-- the id of a notification stands with what is written once: deliveries would write its index again and again, all over the place
alter table notification_content add column message_id varchar(40);
update notification_content set message_id = (
  select n.message_id from notification n where n.id = notification_content.notification_id);
alter table notification_content alter column message_id set not null;
alter table notification_content add constraint notification_message unique (message_id);
alter table notification drop column message_id;
