"""What a verifier could forget, and the tests that notice it.

A change is a text of the source, which stands there once, and what stands there instead.
"""
import dataclasses

import home_weakenings
import key_weakenings
import tuf_weakenings


@dataclasses.dataclass(frozen=True)
class Weakening:
    what: str
    source: str
    changes: list
    tests: list
    program: str = "trust_tests"


def of(source, prefix, rows, program="trust_tests"):
    """Weakenings of one source, whose tests are of one suite, or named in full without a prefix."""
    suite = f"{prefix}." if prefix else ""
    return [Weakening(what, source, changes, [suite + test for test in tests], program) for what, changes, tests in rows]


ENVELOPES = of("sdk/src/trust/envelope.cc", "EnvelopeAttack", [
    ("one signature too few is enough", [("ids_.size() >= policy_.threshold", "ids_.size() + 1 >= policy_.threshold")],
     ["UnsignedIsRefused", "AStrangersKeyIsRefusedWhateverIdItGives", "OneKeyDoesNotCountTwice", "DamageIsNeverTakenForWhatWasSigned"]),
    ("signatures are not verified", [("if (!key.verify(message_, signature.bytes)) return;", "")],
     ["UnsignedIsRefused", "AnotherPayloadIsRefused", "AStrangersKeyIsRefusedWhateverIdItGives", "TheMessageChoosesNoAlgorithmAndBringsNoKey",
      "ASignatureIsNotTakenForThatOfAKeyOfAnotherAlgorithm", "TrailingBytesAreRefused", "AnEcdsaSignatureInAnotherFormIsRefused"]),
    ("a signature that names a known key is not verified",
     [("if (!key.verify(message_, signature.bytes)) return;", "if (signature.key_id != key.id() && !key.verify(message_, signature.bytes)) return;")],
     ["AnotherPayloadIsRefused", "AStrangersKeyIsRefusedWhateverIdItGives", "DamageIsNeverTakenForWhatWasSigned"]),
    ("signatures are counted, not keys",
     [("if (ids_.contains(key.id())) return;", ""), ("ids_.insert(key.id());", "ids_.insert(signature.bytes);")],
     ["OneKeyDoesNotCountTwice", "ASecondValidSignatureMadeOfTheFirstIsNoSecondSigner"]),
    ("keys are counted by the ids that the envelope gives",
     [("if (ids_.contains(key.id())) return;", ""), ("ids_.insert(key.id());", "ids_.insert(signature.key_id);")],
     ["OneKeyDoesNotCountTwice", "ASecondValidSignatureMadeOfTheFirstIsNoSecondSigner"]),
    ("records are counted, not keys",
     [("if (ids_.contains(key.id())) return;", ""), ("ids_.insert(key.id());", "ids_.insert(std::to_string(reinterpret_cast<std::size_t>(&key)));")],
     ["AKeyThatIsListedTwiceDoesNotCountTwice"]),
    ("any payload type is taken", [("if (payload.type != policy.type) {", "if (false) {")], ["AnotherPayloadTypeIsRefused"]),
    ("the payload type is not signed",
     [('message.append(type).append(" ")', 'message.append(" ")'), ("std::to_string(type.size())", "std::string()")],
     ["AnotherPayloadTypeIsRefused"]),
    ("what is signed has no lengths",
     [('"DSSEv1 " + std::to_string(type.size()) + \' \'', '"DSSEv1 "'), ("append(std::to_string(bytes.size())).append(\" \").", "")],
     ["BytesCannotMoveBetweenTypeAndPayload"]),
    ("what is signed has no length of the type", [("std::to_string(type.size()) + ' '", "std::string()")],
     ["BytesCannotMoveBetweenTypeAndPayload"]),
    ("base64 is read loosely", [("Base64::either", "Base64::loose")], ["Base64HasOneSpelling"]),
    ("any number of signatures is taken", [("list->array().size() > max_envelope_signatures", "false")],
     ["OfTenThousandSignaturesNoneIsTried"]),
    ("any number of pairs is tried", [("exhausted_ = tries_ == max_envelope_tries;", "")], ["AStrangersEnvelopeIsNotTriedForEver"]),
    ("an envelope may be long", [("limits.bytes = max_envelope_bytes;", "")], ["ATooLongEnvelopeIsRefused"]),
    ("a policy may ask for nothing", [("policy.type.empty() || policy.threshold == 0", "false")],
     ["APolicyThatAsksForNothingIsRefused"]),
    ("an envelope without signatures is taken",
     [('if (list->array().empty()) return not_trusted("the envelope has no signature");', ""),
      ("if (!count.is_enough())", "if (!count.is_enough() && !envelope->signatures.empty())")], ["UnsignedIsRefused"]),
    ("keys are those of any use",
     [("keys_.usable(policy.use, policy.owner, policy.at)",
       "[&] { std::vector<const KeyRecord*> all; for (const auto& r : keys_.records()) all.push_back(&r); return all; }()")],
     ["KeysOfAnotherUseOrOwnerMayNotSign", "KeysThatMayNotBeUsedThenMayNotSign"]),
]) + of("sdk/src/trust/envelope.cc", "Envelope", [
    ("the suite dual is one of both", [("std::all_of(policy_.each_of.begin()", "std::any_of(policy_.each_of.begin()")],
     ["OfTheSuiteDualNeedsBothAlgorithms"]),
    ("only the key is tried that the envelope names", [("for (const bool named : {true, false})", "for (const bool named : {true})")],
     ["IsReadWhateverKeyIdItNames", "OfThePublicVectorVerifies"]),
    ("only one alphabet is read", [("Base64::either", "Base64::standard")], ["MayHaveMembersOfOthersAndTheUrlSafeAlphabet"]),
]) + of("sdk/src/trust/checked_signature.cc", "Envelope", [
    ("a signer is believed", [("if (!key->verify(message, *signature))", "if (false)")], ["IsNotMadeOfASignatureThatDoesNotVerify"]),
    ("a key may sign twice", [("if (std::any_of(signatures.begin()", "if (false && std::any_of(signatures.begin()")],
     ["IsSignedBySomebodyAndByEachKeyOnce"]),
]) + of("sdk/src/base/json_parse.cc", "EnvelopeAttack", [
    ("a key may stand there twice", [("if (is_duplicate(frame)) {", "if (false && is_duplicate(frame)) {")],
     ["AMemberThatStandsThereTwiceIsRefused"]),
])

KEYS = of("sdk/src/trust/key_ring.cc", "KeyRing", [
    ("any use", [("std::find(record.uses.begin(), record.uses.end(), use) != record.uses.end() &&", "")], ["GivesTheKeysOfAUseAndAnOwner"]),
    ("any owner", [("(owner.empty() || owner == record.owner)", "true")], ["GivesTheKeysOfAUseAndAnOwner"]),
    ("owners by prefix", [("owner == record.owner", "record.owner.starts_with(owner)")], ["GivesTheKeysOfAUseAndAnOwner"]),
    ("keys before their time", [("record.not_before <= at &&", "")], ["GivesAKeyFromItsFirstSecondToItsLast"]),
    ("keys after their time", [("&& at <= record.not_after", "")], ["GivesAKeyFromItsFirstSecondToItsLast"]),
    ("revoked keys", [("!(record.revoked_at && *record.revoked_at <= at) &&", "")], ["GivesNoKeyFromItsRevocationOrCompromiseOn"]),
    ("compromised keys", [("!(record.compromised_at && *record.compromised_at <= at)", "true")], ["GivesNoKeyFromItsRevocationOrCompromiseOn"]),
    ("any key id", [("if (key->id() != id) {", "if (false) {")], ["NeedsTheIdThatTheKeyHas"]),
    ("keys twice", [("if (!ids.insert(record->key.id()).second) {", "if (false) {")], ["RefusesAKeyThatStandsThereTwice"]),
    ("any number of keys", [("constexpr std::size_t max_keys = 1'000;", "constexpr std::size_t max_keys = 10'000;")],
     ["TakesAThousandKeysAndNoMore"]),
    ("base64 of a key is read loosely", [("decode_base64(body)", "decode_base64(body, Base64::loose)")],
     ["RefusesASecondSpellingOfTheBase64OfAKey", "ThatIsDamagedIsRefusedOrReadAsItStands"]),
    ("anything around a key", [("if (!text.starts_with(first) || !text.ends_with(last)", "if (true) return true; if (text.empty()")],
     ["RefusesTheExamplesThatAreNotAndSaysTheSamePlace"]),
])

TREES = of("sdk/src/crypto/merkle.cc", "MerkleProof", [
    ("a proof of inclusion may be too short",
     [("climb.last == 0 && hash == root;\n}\n\nbool", "hash == root;\n}\n\nbool"),
      ("if (index >= size) return false;", "")],
     ["OfInclusionIsRefusedWhereAnythingIsAltered"]),
    ("only the new root is looked at", [("old_hash == old_root && ", "")],
     ["OfConsistencyIsRefusedWhereAnythingIsAltered", "OfATreeWithAnotherPastIsRefused"]),
    ("only the old root is looked at", [("&& old_hash == old_root && hash == root", "&& old_hash == old_root")],
     ["OfConsistencyIsRefusedWhereAnythingIsAltered"]),
    ("a tree that did not grow is not looked at",
     [("proof.empty() && old_root == root", "true")], ["OfConsistencyIsRefusedWhereAnythingIsAltered"]),
], "crypto_tests") + of("sdk/src/crypto/merkle.cc", "MerkleTree", [
    ("leaves are hashed like nodes", [('hasher.add(std::string_view("\\0", 1));', ""), ('hasher.add("\\1");', "")],
     ["DoesNotTakeANodeForALeaf", "HasTheRootsOfTheReferenceTree"]),
    ("a tree splits in halves", [("std::bit_floor(count - 1)", "count / 2")],
     ["HasTheProofsOfTheReferenceTree", "AgreesWithTheDefinitionsOnAllSizesUpTo130"]),
], "crypto_tests")

NOTES = of("sdk/src/trust/note.cc", "Checkpoint", [
    ("the signature is not verified", [("good = good || key.verify(note->text, line.signature);", "good = true;")],
     ["IsRefusedWhereAKnownKeyHasSignedSomethingElse", "DamageIsNeverTakenForWhatWasSigned"]),
    ("a wrong signature of a known key is passed over", [("if (known && !good) {", "if (false) {")],
     ["IsRefusedWhereAKnownKeyHasSignedSomethingElse"]),
    ("control characters", [("|| std::any_of(bytes.begin(), bytes.end(), is_control)", "")], ["OfAnotherTextIsRefusedEvenIfItIsSigned"]),
    ("a note that nobody known has signed is taken", [("bool is_signed = false;", "bool is_signed = true;")], ["MayBeSignedByOthersAsWell"]),
]) + of("sdk/src/trust/note.cc", "Note", [
    ("base64 is read loosely", [("decode_base64(line.substr(blank + 1))", "decode_base64(line.substr(blank + 1), Base64::loose)")],
     ["OfAnotherFormIsRefused"]),
    ("names may be anything", [("|| !is_any_name(line.substr(0, blank))", "")], ["OfAnotherFormIsRefused"]),
    ("what is no UTF-8", [("!utf8::is_valid(bytes) ||", "")], ["OfAnotherFormIsRefused"]),
    ("any number of signatures", [("if (lines.size() > max_note_signatures) {", "if (false) {")], ["HasItsBounds"]),
    ("any length", [("if (bytes.size() > max_note_bytes) {", "if (false) {")], ["HasItsBounds"]),
    ("key hashes do not name the algorithm", [("bytes.append(algorithm_name(key.scheme()))", "bytes.append(\"\")")],
     ["KeyHashesOfOtherAlgorithmsNameThem"]),
]) + of("sdk/src/trust/checkpoint.cc", "Checkpoint", [
    ("any log", [("checkpoint->origin == origin", "true")], ["OfAnotherLogIsRefused"]),
    ("leading zeros", [("&& std::to_string(size) == digits", "")], ["OfAnotherTextIsRefusedEvenIfItIsSigned"]),
    ("empty lines", [("if (empty != lines.end())", "if (false)")], ["OfAnotherTextIsRefusedEvenIfItIsSigned"]),
    ("a root of any length", [("if (!root || root->size() != checkpoint.root.size())", "if (!root || root->size() > checkpoint.root.size())")],
     ["OfAnotherTextIsRefusedEvenIfItIsSigned"]),
])

LOGS = of("sdk/src/trust/publication_log.cc", "PublicationLogTest", [
    ("a shorter log is taken for the same", [("if (same && target->size == checkpoint_.size) {", "if (same) {")], ["ThatBecomesShorterIsRefused"]),
    ("an old root is not looked at", [("const bool same = tree_.root(target->size) == target->root;", "const bool same = true;")],
     ["WithAnotherPastIsRefusedWhateverItsLength"]),
    ("the new root is not looked at", [("|| next.tree_.root() != target->root)", ")")],
     ["WithAnotherPastIsRefusedWhereTheOldEntriesAreHidden", "WhoseEntriesWereChangedOnTheWayIsRefused",
      "DamageToWhatIsServedIsNeverTakenForTheLog"]),
    ("the log begins anew each time",
     [("PublicationLog next = *this;", "PublicationLog next = *this; next.entries_.clear(); next.tree_ = {}; next.bytes_ = 0;")],
     ["WithAnotherPastIsRefusedWhateverItsLength", "ShowsThatTwoClientsWereShownDifferentHistories"]),
    ("a divergence that cannot be shown is an unreachable server",
     [("if (!whole.fetch_entries(source, target.size).ok() ||",
       "if (auto f = whole.fetch_entries(source, target.size); !f.ok()) return f.error();\n  if (")],
     ["WithAnotherPastIsRefusedWhereTheOldEntriesAreHidden"]),
    ("what was kept is believed", [("if (!whole || !(kept == *checkpoint)) {", "if (false) {")],
     ["ThatIsKeptIsRefusedWhereSomebodyChangedIt", "DamageToWhatIsKeptIsNeverTakenForTheLog"]),
    ("earlier keys sign for ever",
     [("verify_checkpoint(*note, checkpoint_.origin, keys_)", "verify_checkpoint(*note, checkpoint_.origin, all_keys_)")],
     ["ThatAnEarlierKeySignedIsKeptButGrowsUnderThePresentOnly"]),
    ("other clients' roots are not looked at", [("if (here.root == other->root) return {};", "return {};")],
     ["ShowsThatTwoClientsWereShownDifferentHistories"]),
    ("any spelling of an entry", [("if (publication.to_entry() == entry) return publication;", "return publication;")],
     ["WithEntriesThatAreNoPublicationsIsRefused"]),
    ("any number of entries", [("if (target->size > max_log_entries) return", "if (false) return")], ["HasItsBounds"]),
    ("any number of bytes", [("|| bytes_ > max_log_bytes)", ")")], ["OfManyLongEntriesIsRefusedBeforeTheyFillTheMemory"]),
    ("an error leaves half of it", [("PublicationLog next = *this;", "PublicationLog& next = *this;"), ("*this = std::move(next);", "")],
     ["WhoseEntriesWereChangedOnTheWayIsRefused"]),
    ("no evidence is kept", [("refused_note_ = *std::move(note);\n    return other_history", "return other_history")],
     ["WithAnotherPastIsRefusedWhateverItsLength", "ThatBecomesShorterIsRefused"]),
]) + of("sdk/src/trust/log_tiles.cc", "LogBundle", [
    ("trailing bytes", [("entries.size() == width && bytes.empty()", "entries.size() == width")], ["OfAnotherWidthOrCutOffIsRefused"]),
    ("entries of any length", [("if (length > max_entry_bytes) {", "if (false) {")], ["HasItsBounds"]),
])

WEAKENINGS = (ENVELOPES + KEYS + TREES + NOTES + LOGS + key_weakenings.weakenings(of) + tuf_weakenings.weakenings(of) +
              home_weakenings.weakenings(of))
