"""What the customs side could forget, and the tests of tests/integration that notice it."""


def weakenings(of):
    """All of them; `of` is that of weakenings.py. Tests are named FILE.CLASS.test."""

    def gateway(source, test_class, rows):
        file, _, name = test_class.partition(".")
        return of(f"samples/gateway/{source}.cc", f"{file}.{name}", rows, "greenlane-gateway")

    holders = "gateway_repo_test.Holders"
    return gateway("root_chain", holders, [
        ("the root that a holder keeps is not looked at",
         [("pinned.empty() ? repository.path(metadata_name(root_role, 1)) : pinned", "repository.path(metadata_name(root_role, 1))")],
         ["test_a_holder_who_keeps_a_root_notices_another_repository"]),
        ("the released targets are not verified",
         [("!released.targets || !is_signed(*released.targets, role_keys(*root, targets_role))", "!released.targets")],
         ["test_a_released_state_that_was_forged_is_not_built_upon"]),
    ]) + gateway("repository", holders, [
        ("staged files are not compared with their digests",
         [("  if (auto same = trust::check_content(place, *bytes, target.length, target.hashes); !same.ok()) return same.error();\n", "")],
         ["test_a_file_that_was_swapped_after_staging_is_not_signed"]),
    ]) + gateway("describe", holders, [
        ("names are shown as they come", [("line = client::printable(line);", "line += std::string();")],
         ["test_names_cannot_paint_over_what_is_shown"]),
    ]) + gateway("metadata", holders, [
        ("paths may lead anywhere", [("!place.ok()) return place.error();", "!place.ok()) return {};")],
         ["test_a_path_does_not_lead_out_of_the_folder"]),
    ]) + gateway("describe_files", holders, [
        ("packs are taken under any name", [("if (!pack.ok() || !is_named(*pack, named, target.custom)) {", "if (false) {")],
         ["test_a_pack_under_the_name_of_another_is_not_signed"]),
    ]) + gateway("sign_command", holders, [
        ("signatures of any change are collected", [("if (other->content() != here.content()) {", "if (false) {")],
         ["test_signatures_of_another_change_are_not_taken"]),
        ("what is signed is read again",
         [("  if (auto done = sign_staged(repository, *state, arguments.keys)",
           "  state = repository.state();\n  if (auto done = sign_staged(repository, *state, arguments.keys)")],
         ["test_what_was_shown_is_what_is_signed"]),
    ]) + gateway("release", "gateway_repo_test.Making", [
        ("a change is released without its signatures",
         [("  if (!missing_signatures(released, staged).empty()) return not_trusted", "  if (false) return not_trusted"),
          ("  if (missing <= 0) return;", "  if (missing <= 1) return;"),
          ("if (auto checked = check_as_client(repository, released, files, *added, now); !checked.ok()) return checked;", "")],
         ["test_nothing_is_released_before_both_thresholds_are_met"]),
    ]) + gateway("release", "gateway_repo_test.Roots", [
        ("the holders of the root before are not asked", [("if (released.root) add_missing(", "if (false) add_missing(")],
         ["test_a_chain_of_roots_is_signed_by_those_before_and_after"]),
    ]) + gateway("release", "gateway_repo_test.Upkeep", [
        ("clients are not asked",
         [("if (auto checked = check_as_client(repository, *released, files, {}, now); !checked.ok()) return checked;", "")],
         ["test_expired_targets_are_not_covered_up"]),
        ("staged versions and dates are not looked at",
         [("    if (!*after) continue;\n    const std::string role", "    if (true) continue;\n    const std::string role")],
         ["test_a_change_that_waited_too_long_is_not_released", "test_a_change_that_another_has_overtaken_is_not_released"]),
    ]) + gateway("publication", "gateway_repo_test.Upkeep", [
        ("the log in the folder is not verified",
         [("  if (auto updated = log->update(source); !updated.ok()) return updated.error();\n",
           "  static_cast<void>(log->update(source));\n")],
         ["test_a_log_that_was_changed_is_noticed"]),
    ]) + gateway("publish_command", "gateway_repo_test.Publishing", [
        ("a revision may get other bytes",
         [("  if (const auto there = change.find_target(target_path(target))) {", "  if (const auto there = change.find_target(\"\")) {")],
         ["test_a_revision_never_gets_other_bytes"]),
    ]) + gateway("site", "gateway_serve_test.Files", [
        ("paths are not looked at", [("!std::all_of(parts.begin(), parts.end(), is_plain_part)", "false")],
         ["test_nothing_else_is_served"]),
        ("links are followed", [("O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK", "O_RDONLY | O_CLOEXEC | O_NONBLOCK")],
         ["test_nothing_else_is_served"]),
    ]) + gateway("serve_command", "gateway_serve_test.Requests", [
        ("what is behind a request with a body is the next request",
         [("if (response.status == 400 || response.status == 405) end_connection(request);", "")],
         ["test_a_body_that_nobody_asked_for_is_no_next_request"]),
        ("the log of requests is written as it comes", [("    if (c >= ' ' && c <= '~' && c != '\"' && c != '\\\\') {", "    if (true) {")],
         ["test_the_log_of_requests_cannot_be_forged"]),
    ]) + gateway("tls_context", "gateway_serve_test.Requests", [
        ("connections may send without end", [("  SSL_CTX_set_msg_callback(&context, count_record);\n", "")],
         ["test_headers_without_end_are_cut_off"]),
    ]) + gateway("tls_context", "gateway_serve_test.Transport", [
        ("any version of TLS",
         [("SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);",
           "SSL_CTX_set_min_proto_version(&context, 0); SSL_CTX_set_security_level(&context, 0);")],
         ["test_tls_1_2_and_1_3_only"]),
    ])
