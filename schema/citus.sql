-- How the tables would be spread over Citus: one region's assembly on one shard. Nobody has run this file
-- on Citus; it says the rule, and CI proves the part of it that plain PostgreSQL can prove
-- (test/binary/citus_test.py: every primary key, unique constraint and reference of this schema still
-- holds with `assembly` in front of it and PARTITION BY LIST (assembly), which asks the same as Citus).
--
-- What lacks before it could be used (docs/adr/0003-ids.md): no table has the column `assembly` yet, the
-- program does not say it in its statements, and ids are counted per table, not as assembly × 10^12 + n.
-- The advisory lock of the leading process would have to be one for each assembly.

-- Of the whole installation: on every node.
SELECT create_reference_table('account');
SELECT create_reference_table('account_role');
SELECT create_reference_table('session');
SELECT create_reference_table('api_token');
SELECT create_reference_table('account_reset');
SELECT create_reference_table('idempotency');
SELECT create_reference_table('setting');
SELECT create_reference_table('key_version');
SELECT create_reference_table('backup_run');
SELECT create_reference_table('setting_change');
SELECT create_reference_table('institution_period');
SELECT create_reference_table('work');
SELECT create_reference_table('role_request');
SELECT create_reference_table('sign_in');
SELECT create_reference_table('sign_in_wait');
SELECT create_reference_table('account_totp');
SELECT create_reference_table('account_recovery');
SELECT create_reference_table('outbox');

-- Of one assembly: all on the same shard, so that joins and references stay inside it.
SELECT create_distributed_table('body', 'assembly');
SELECT create_distributed_table('subject_key', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('history', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('audit', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('audit_seal', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('figure_sum', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('figure_delta', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('body_kind', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('ethnic_group', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('district', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('body_name', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('body_group', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('accreditation', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('population', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('ethnicity', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('office', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('office_holder', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('membership', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('event_kind', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('observance', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('programme', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('event', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('event_tally', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('part', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('organiser', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('attendance', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('file', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('search_doc', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('search_posting', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('search_word', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('search_gram', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_key', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_due', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_pair', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_distinct', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_merge', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('person_merge_step', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('audit_root', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('figure_past', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('figure_since', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('figure_sealed', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('edition', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('edition_text', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('edition_record', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('target', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('import_batch', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('import_plan', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('import_row', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('import_choice', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('erasure', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('consent', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('sensitive_read', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('retention_run', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('hall', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('booking', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('hall_slot', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('plan', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('plan_item', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('measure', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('measure_value', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('cost', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('signup_form', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('signup_question', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('signup', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('ticket', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('signup_sent', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('scan', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('door_pass', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('door_device', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('ticket_mark', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('sheet', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('sheet_row', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('sheet_picture', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('count_slip', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('contest', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('nomination', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('age_group', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('criterion', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('contest_entry', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('contest_member', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('juror', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('juror_link', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('juror_conflict', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('contest_score', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('contest_protocol', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('certificate', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('stock_item', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('stock_account', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('lot', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('movement_set', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('movement_line', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('stock_now', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('stock_day', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('camp', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('camp_group', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('camp_member', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('camp_slot', 'assembly', colocate_with => 'body');
SELECT create_distributed_table('camp_mark', 'assembly', colocate_with => 'body');
