//! One contract for every database: each case speaks to `dyn Store` alone. It is run as it stands, and again with the
//! program started afresh before every single turn.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]

mod cluster;

#[path = "store/bookings.rs"]
mod bookings;
#[path = "store/channels.rs"]
mod channels;
#[path = "store/closings.rs"]
mod closings;
#[path = "store/codes.rs"]
mod codes;
#[path = "store/errands.rs"]
mod errands;
#[path = "store/file.rs"]
mod file;
#[path = "store/home.rs"]
mod home;
#[path = "store/kit.rs"]
mod kit;
#[path = "store/leases.rs"]
mod leases;
#[path = "store/mail.rs"]
mod mail;
#[path = "store/outbox.rs"]
mod outbox;
#[path = "store/places.rs"]
mod places;
#[path = "store/races.rs"]
mod races;
#[path = "store/schemas.rs"]
mod schemas;
#[path = "store/staff.rs"]
mod staff;
#[path = "store/tidying.rs"]
mod tidying;
#[path = "store/turns.rs"]
mod turns;

/// Makes every case a test for a database, in both ways.
macro_rules! contract {
    ($database:ident = $steady:expr, $restarted:expr => $($subject:ident: $($case:ident)+;)+) => {
        mod $database {
            mod steady {
                $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let town = crate::kit::Town::new($steady, false).await;
                    crate::$subject::$case(&town).await;
                    town.is_sound().await;
                })+)+
            }
            mod restarted {
                $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let town = crate::kit::Town::new($restarted, true).await;
                    crate::$subject::$case(&town).await;
                    town.is_sound().await;
                })+)+
            }
        }
    };
}

/// The contract, for a database.
macro_rules! on {
    ($database:ident = $steady:expr, $restarted:expr) => {
        contract! { $database = $steady, $restarted =>
            places:
                last_place_goes_to_the_first_asker
                full_comes_with_the_nearest_free_slots
                a_hold_stands_until_its_end_and_not_at_it
                an_expired_hold_is_won_again_or_lost
                what_is_shown_is_what_is_granted
                a_held_place_is_given_back
                asking_again_changes_nothing
                another_place_is_won_before_the_first_is_given_back
                a_corrected_identity_keeps_the_place
                changing_back_and_forth_does_not_prolong_a_hold
                a_lowered_capacity_sells_no_more_and_takes_nothing_away
                a_closure_acts_at_once
                what_is_not_offered_is_not_held
                one_identity_holds_one_booking_a_service
                an_expired_hold_frees_the_identity
                a_conversation_holds_so_many_and_no_more
                many_chats_of_one_address_do_not_get_past_the_limit
                a_blocked_identity_waits;
            bookings:
                confirming_twice_makes_one_booking
                queue_numbers_count_within_branch_and_day
                moving_wins_the_new_place_and_frees_the_old
                moving_into_a_full_slot_keeps_the_booking
                moving_what_is_gone_is_refused
                moving_to_another_service_frees_the_first
                cancelling_frees_the_person_at_once_and_the_place_later
                cancelling_near_the_day_frees_the_place_at_once
                cancelling_twice_is_cancelling_once
                what_has_begun_cannot_be_changed
                a_stranger_can_do_nothing
                the_proved_address_opens_bookings_of_other_channels
                the_appointment_over_the_identity_is_free
                only_proved_addresses_are_remembered
                the_day_list_goes_by_time_and_queue
                a_forgotten_hold_is_no_hold;
            codes:
                a_right_code_is_good_once
                wrong_codes_are_counted_and_then_locked
                a_code_runs_out
                a_new_code_voids_the_old
                codes_are_not_sent_too_often
                a_mistyped_address_is_mended_at_once_but_not_for_ever
                codes_of_other_conversations_and_addresses_are_no_good;
            outbox:
                messages_of_a_turn_are_given_to_who_committed_it
                an_undone_turn_sends_nothing
                order_is_kept_behind_a_waiting_message
                channels_do_not_wait_for_one_another
                a_lease_runs_out_and_another_takes_over
                retried_and_given_up
                a_sent_message_is_stripped
                what_a_delivery_wrote_is_taken_again_by_who_lost_the_answer
                mass_notices_are_taken_apart
                an_answer_lets_no_notice_keep_it_waiting
                a_notice_under_way_is_not_sent_twice_for_an_answer_behind_it
                a_notice_keeps_its_place_behind_answers_and_before_them
                news_comes_when_there_is_something_to_take;
            staff:
                an_invitation_binds_whoever_comes_first
                who_is_removed_is_a_stranger_at_once
                one_chat_is_one_member
                the_list_of_the_day_is_due_once_a_day
                attendance_is_noted_and_taken_back
                the_department_calls_off_whose_ever_it_is
                people_are_found_by_name_and_by_last_digits
                staff_block_an_identity_and_let_it_go
                how_full_it_is_counts_what_is_held_and_not_what_has_run_out
                the_audit_trail_tells_who_what_and_why;
            errands:
                an_errand_knows_where_its_person_writes
                an_errand_about_nothing_is_not_written
                errands_of_a_conversation_come_one_after_the_other
                an_errand_is_done_once
                news_of_an_errand_wakes_others
                an_address_is_kept_as_long_as_an_appointment;
            closings:
                a_closing_is_ordered_for_what_was_shown
                a_closing_is_carried_out_to_its_end
                a_closing_step_repeated_does_nothing_more
                each_is_offered_the_nearest_place
                where_a_branch_has_none_another_is_offered
                without_any_place_nobody_is_offered_one
                a_family_keeps_offers_and_its_draft
                another_place_won_gives_the_offer_back
                an_offer_claims_its_identity_until_it_lapses
                a_lapsed_offer_is_won_again_or_lost
                a_forgotten_offer_is_asked_for_anew
                a_blocked_identity_is_offered_nothing
                closed_hours_concern_who_reaches_into_them
                who_cannot_be_reached_is_to_be_called
                reopened_days_are_open_and_nobody_more_is_called_off;
            mail:
                a_token_proves_its_address_until_it_runs_out
                tries_at_a_mail_are_counted_and_its_end_is_remembered
                what_came_back_is_marked_once
                a_draft_goes_over_with_its_place_and_the_code_is_spent;
            channels:
                what_a_channel_remembers_is_kept
                what_a_dead_process_had_taken_is_freed
                who_was_taken_for_dead_leaves_alone_what_another_sends
                a_slip_is_worth_what_its_appointment_is;
            leases:
                one_holder_at_a_time
                a_lease_runs_out_ends_or_is_prolonged;
            turns:
                state_is_kept_from_turn_to_turn
                a_repeated_delivery_does_nothing
                a_dropped_turn_leaves_nothing
                conversations_are_told_apart
                without_a_catalogue_there_is_no_turn
                the_same_catalogue_is_no_new_version;
            schemas:
                a_schema_that_only_grew_is_served
                a_schema_that_lost_something_is_left_alone
                ten_programs_that_start_together_migrate_once;
            tidying:
                run_out_places_are_taken_back
                old_data_is_stripped
                young_data_stays
                a_draft_lives_as_long_after_the_last_turn
                who_comes_back_while_it_is_tidied_keeps_the_draft;
            races:
                two_hundred_ask_for_fifty_places
                turns_dropped_midway_take_nothing_with_them
                one_identity_from_twenty_chats
                one_address_from_twenty_chats_keeps_its_limit
                who_is_undone_with_another_comes_through
                cancelling_against_confirming
                two_programs_share_one_database
                the_race_is_seen_without_the_guard;
        }
    };
}

on!(sqlite = crate::home::File::on_disk(), crate::home::File::in_memory());
on!(postgres = crate::home::Server::database(), crate::home::Server::database());
