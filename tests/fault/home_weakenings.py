"""What a home could forget that follows an authority, and the tests that notice it (see weakenings.py)."""

UPDATER = ("sdk/src/client/criteria_updater.cc", "CriteriaAttack", [
    ("another content under the same revision",
     [("same != nullptr && same->pack.digest != pack.digest", "false"), ("active->pack.revision < pack.revision", "active->pack.revision <= pack.revision")],
     ["TheSameRevisionWithAnotherContentIsRefused"]),
    ("older revisions", [("if (active == nullptr || active->pack.revision < pack.revision) return {};", "return {};")], ["ALowerRevisionIsRefused"]),
    ("packs that are not in the publication log",
     [("const auto logged = authority_.log().find(pack.target.path, pack.digest);",
       "const auto logged = std::optional<std::uint64_t>(authority_.log().find(pack.target.path, pack.digest).value_or(0));")],
     ["APackThatIsNotInThePublicationLogIsRefused"]),
    ("a refusal ends the update",
     [("for (const ListedPack& pack : listed_.latest) update_.packs.push_back(take(pack));",
       "for (const ListedPack& pack : listed_.latest) {\n    update_.packs.push_back(take(pack));\n    if (update_.packs.back().error) break;\n  }")],
     ["ARefusalStopsNoOtherPack"]),
    ("refusals are not recorded", [("if (!missing) record(*change.error, &pack);", "")],
     ["TheSameRevisionWithAnotherContentIsRefused", "ALowerRevisionIsRefused", "APackThatFailsItsOwnTestsIsRefused"]),
])

PUBLISHED = ("sdk/src/client/published_pack.cc", "CriteriaAttack", [
    ("another pack than is listed", [("source->id != as.id || ", "")], ["AnotherPackThanTheListSaysIsRefused"]),
    ("another revision than is listed", [(" || source->revision != as.revision", "")], ["AnotherRevisionThanTheListSaysIsRefused"]),
    ("tests are not run", [("if (as.run_tests) {", "if (false) {")], ["APackThatFailsItsOwnTestsIsRefused"]),
])

LISTED = ("sdk/src/client/listed_packs.cc", "CriteriaAttack", [
    ("any path", [("if (target.path != pack_target(pack.id, pack.revision)) {", "if (false) {")], ["APathThatIsNotThatOfThePackIsRefused"]),
])

AUTHORITY = ("sdk/src/client/authority.cc", "CriteriaAttack", [
    ("older metadata, where the folder of trust is older, too", [("if (!older) return {};", "return {};")], ["AnOlderFolderOfTrustPutBackAloneIsNoticed"]),
    ("another log than the packs rest on", [("if (!index.checkpoint.empty()) {", "if (false) {")],
     ["AnotherHistoryOfTheLogIsRefusedAlsoWhereTheOneKeptHereIsGone", "ALogOfAnotherNameIsRefused"]),
    ("the log that was seen is forgotten", [("auto log = open_kept_log(paths_, ring_->log_origin(), keys);", "Result<trust::PublicationLog> log = Error{};")],
     ["AnotherHistoryOfTheLogIsRefusedAndKeptAsEvidence"]),
    ("no evidence is kept", [("if (!log->refused_note().empty()) {", "if (false) {")], ["AnotherHistoryOfTheLogIsRefusedAndKeptAsEvidence"]),
    ("no log is needed", [("if (ring_->log_origin().empty()) return", "if (false) return")], ["AnAuthorityWithoutALogOrItsKeyIsRefused"]),
])

KEPT = ("sdk/src/client/kept_packs.cc", "CriteriaAttack", [
    ("a file is read again after the check", [("auto bytes = read_(path,", "(void)read_(path, static_cast<std::size_t>(pack.pack.length));\n  auto bytes = read_(path,")],
     ["AFileThatIsReplacedAfterItWasVerifiedDoesNotMatter"]),
    ("older folders of packs", [("if (auto latest = check_index_is_latest(paths, packs->index_); !latest.ok()) return std::move(latest).error();", "")],
     ["AnOlderFolderOfPacksPutBackAloneIsRefused"]),
])

UPDATE_CLIENT = ("sdk/src/trust/updater.cc", "CriteriaAttack", [
    ("kept files are not looked at",
     [("if (auto same = check_content(target.path, bytes, target.length, target.hashes); !same.ok()) return std::move(same).error();", "")],
     ["AChangedPackFileIsRefusedAlsoWithAnIndexThatNamesIt", "ChangedBytesOnTheWayAreRefused"]),
])

STATE = ("sdk/src/client/home_state.cc", "CriteriaAttack", [
    ("older indexes", [("if (index.generation >= *last) return {};", "return {};")], ["AnOlderFolderOfPacksPutBackAloneIsRefused"]),
    ("older folders of trust", [("if (root > latest.root || timestamp >= latest.timestamp) return {};", "return {};")], ["AnOlderFolderOfTrustPutBackAloneIsNoticed"]),
    ("older logs", [("if (auto same = log->compare(index.checkpoint); !same.ok()) {", "if (auto same = Result<void>(); !same.ok()) {")],
     ["AnOlderLogPutBackAloneIsNoticed"]),
])

CLOCK = ("sdk/src/client/home_state.cc", "Clock", [
    ("clocks that were set back", [("return index.updated_at && now < *index.updated_at;", "return false;")], ["ThatIsSetBackMakesEveryDateDoubtful"]),
])

FRESHNESS = ("sdk/src/client/freshness.cc", "Freshness", [
    ("targets that have expired are stale only", [('role.role == "root" || role.role == "targets" ?', 'role.role == "root" ?')],
     ["IsStaleWhereTimestampOrSnapshotHaveExpiredAndExpiredWhereRootOrTargetsHave"]),
    ("the latest date counts", [("std::min(*since, role.expires)", "std::max(*since, role.expires)")],
     ["IsStaleWhereTimestampOrSnapshotHaveExpiredAndExpiredWhereRootOrTargetsHave"]),
    ("nothing expires", [("if (!has_expired(role.expires, now)) continue;", "continue;")],
     ["LastsUntilTheSecondBeforeTheFirstDate", "IsFixedWhenThePackIsLoaded"]),
])

SETS = ("sdk/src/client/trusted_set.cc", "CriteriaAttack", [
    ("other metadata than packs rest on", [("if (!found->same_versions(expected)) return", "if (false) return")], ["OlderMetadataPutUnderThePacksIsRefused"]),
])

BUNDLES = ("sdk/src/client/bundle.cc", "CriteriaBundle", [
    ("any name", [("if (name == nullptr || !is_bundled_path(name)) return", "if (false) return")], ["WithNamesThatNoAuthorityHasIsRefused"]),
    ("links", [("if (!regular || archive_entry_sparse_count(entry) > 0) return", "if (false) return")], ["WithLinksOrDevicesIsRefused"]),
    ("a name twice", [("if (files_.try_emplace(name, *std::move(read)).second) return {};", "files_.insert_or_assign(name, *std::move(read));\n    return {};")],
     ["WithAFileTwiceIsRefused"]),
    ("any size", [("size < 0 || static_cast<std::uint64_t>(size) > max_bundle_bytes - bytes_", "false")], ["ThatClaimsMoreThanThereMayBeIsRefused"]),
    ("any number of files", [("if (++entries_ > max_bundle_files) return", "if (false) return")], ["ThatClaimsMoreThanThereMayBeIsRefused"]),
])

PARTS = [UPDATER, PUBLISHED, LISTED, AUTHORITY, KEPT, UPDATE_CLIENT, STATE, CLOCK, FRESHNESS, SETS, BUNDLES]


def weakenings(of):
    return [one for source, prefix, rows in PARTS for one in of(source, prefix, rows, "client_tests")]
