// Metadata is read strictly: each member by type and range.
#include "trust/metadata.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::expect_error;

/// The error of reading a file as the metadata of a role, or none.
std::optional<Error> problem(std::string_view role, std::string_view bytes) {
  const auto error_of = [](const auto& result) { return result.ok() ? std::optional<Error>() : result.error(); };
  if (role == "root") return error_of(read_root(bytes));
  if (role == "timestamp") return error_of(read_timestamp(bytes));
  if (role == "snapshot") return error_of(read_snapshot(bytes));
  return error_of(read_targets(role, bytes));
}

/// A repository in which everything occurs that may occur.
json::Value honest(const std::string& role) {
  static test::TufRepository& repository = *[] {
    auto* made = new test::TufRepository;
    made->with_digests = true;
    made->add_target("targets", "a", "a");
    test::at(made->body("targets"), "/targets/a").set("custom", json::Object{{"x", 1}});
    made->delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
    made->publish({"region", "targets", "snapshot", "timestamp"});
    return made;
  }();
  return json::parse(repository.files.at("metadata/" + role + ".json")).value();
}

TEST(TufMetadata, IsReadAsPublished) {
  for (const char* role : {"root", "timestamp", "snapshot", "targets", "region"}) {
    const auto error = problem(role, json::compact(honest(role)));
    EXPECT_FALSE(error.has_value()) << error->to_text();
  }
}

/// What is put at a place ("-" takes it away), and the words of the refusal.
struct Change {
  const char* role;
  const char* pointer;
  const char* value;
  const char* words;

  friend std::ostream& operator<<(std::ostream& out, const Change& change) { return out << change.role << change.pointer << " = " << change.value; }
};

json::Value changed(const Change& change) {
  json::Value file = honest(change.role);
  const std::string pointer = change.pointer;
  const std::size_t slash = pointer.rfind('/');
  const std::string key = pointer.substr(slash + 1);
  json::Value& owner = test::at(file, pointer.substr(0, slash));
  if (std::string_view(change.value) == "-") {
    std::erase_if(owner.object(), [&key](const json::Member& member) { return member.key == key; });
  } else if (owner.is_array()) {
    owner.array().at(std::stoul(key)) = json::parse(change.value).value();
  } else {
    owner.set(key, json::parse(change.value).value());
  }
  return file;
}

class TufMetadataIsRefused : public testing::TestWithParam<Change> {};

TEST_P(TufMetadataIsRefused, WithTheReasonAndThePlace) {
  const Change& change = GetParam();
  const auto error = problem(change.role, json::compact(changed(change)));
  ASSERT_TRUE(error.has_value()) << change.role << change.pointer << " " << change.value;
  EXPECT_EQ(error->code, ErrorCode::invalid_document);
  EXPECT_EQ(error->source, change.role);
  EXPECT_NE(error->to_text().find(change.words), std::string::npos) << error->to_text() << "\nexpected: " << change.words;
}

INSTANTIATE_TEST_SUITE_P(
    OfAnyRole, TufMetadataIsRefused,
    testing::Values(Change{"root", "/signed", "-", "the member \"signed\" is missing"}, Change{"root", "/signed", "[]", "/signed: an object is needed here, not an array"},
                    Change{"root", "/signatures", "-", "the member \"signatures\" is missing"}, Change{"root", "/signatures", "{}", "/signatures: an array is needed"},
                    Change{"root", "/signatures/0", "\"x\"", "/signatures/0: an object is needed"}, Change{"root", "/signatures/0/keyid", "-", "\"keyid\" is missing"},
                    Change{"root", "/signatures/0/keyid", "\"\"", "/signatures/0/keyid: the text is empty"}, Change{"root", "/signatures/0/sig", "7", "/signatures/0/sig: a text is needed"},
                    Change{"root", "/signed/_type", "\"targets\"", "the type \"targets\", not \"root\""}, Change{"targets", "/signed/_type", "\"root\"", "the type \"root\""},
                    Change{"region", "/signed/_type", "\"region\"", "the type \"region\", not \"targets\""}, Change{"root", "/signed/_type", "-", "\"_type\" is missing"},
                    Change{"root", "/signed/spec_version", "\"2.0.0\"", "version \"2.0.0\" of the specification; 1.x is known"},
                    Change{"root", "/signed/spec_version", "\"1\"", "version \"1\""}, Change{"root", "/signed/spec_version", "\"1.0.x\"", "version \"1.0.x\""},
                    Change{"root", "/signed/spec_version", "\"1.0.0.0\"", "1.x is known"}, Change{"root", "/signed/spec_version", "\"1..0\"", "1.x is known"},
                    Change{"root", "/signed/spec_version", "1.5", "/signed/spec_version: a text is needed here, not a number"},
                    Change{"root", "/signed/version", "0", "/signed/version: the number is 0; at least 1 is needed"}, Change{"root", "/signed/version", "-1", "at least 1"},
                    Change{"root", "/signed/version", "1.5", "/signed/version: a whole number is needed here, not a number"},
                    Change{"root", "/signed/version", "\"1\"", "a whole number is needed here, not a text"}, Change{"root", "/signed/version", "-", "\"version\" is missing"},
                    Change{"root", "/signed/version", "true", "a whole number is needed"}, Change{"root", "/signed/expires", "-", "\"expires\" is missing"},
                    Change{"root", "/signed/expires", "\"2026-02-30T00:00:00Z\"", "is not a time such as"}, Change{"root", "/signed/expires", "\"2026-02-01\"", "is not a time"},
                    Change{"root", "/signed/expires", "\"2026-02-01T00:00:00+00:00\"", "is not a time"},
                    Change{"root", "/signed/expires", "\"2026-02-01T00:00:00.5Z\"", "is not a time"}, Change{"root", "/signed/expires", "1770000000", "a text is needed"},
                    Change{"root", "/signed/x", "[{\"y\":0.5}]", "/signed/x/0/y: a number with a fraction"}));

INSTANTIATE_TEST_SUITE_P(
    OfRoot, TufMetadataIsRefused,
    testing::Values(Change{"root", "/signed/keys", "-", "\"keys\" is missing"}, Change{"root", "/signed/keys", "[]", "/signed/keys: an object is needed"},
                    Change{"root", "/signed/keys/k", "7", "/signed/keys/k: an object is needed"}, Change{"root", "/signed/keys/k", "{}", "/signed/keys/k: the member \"keytype\" is missing"},
                    Change{"root", "/signed/keys/k", R"({"keytype":"ed25519","scheme":7,"keyval":{}})", "/signed/keys/k/scheme: a text is needed"},
                    Change{"root", "/signed/keys/k", R"({"keytype":"ed25519","scheme":"ed25519","keyval":"00"})", "/signed/keys/k/keyval: an object is needed"},
                    Change{"root", "/signed/roles", "-", "\"roles\" is missing"}, Change{"root", "/signed/roles/snapshot", "-", "\"snapshot\" is missing"},
                    Change{"root", "/signed/roles/root", "-", "\"root\" is missing"}, Change{"root", "/signed/roles/targets", "[]", "/signed/roles/targets: an object is needed"},
                    Change{"root", "/signed/roles/root/threshold", "0", "/signed/roles/root/threshold: the number is 0; at least 1 is needed"},
                    Change{"root", "/signed/roles/root/threshold", "-1", "at least 1"}, Change{"root", "/signed/roles/root/threshold", "-", "\"threshold\" is missing"},
                    Change{"root", "/signed/roles/root/threshold", "1.5", "/signed/roles/root/threshold: a number with a fraction"}, Change{"root", "/signed/roles/root/keyids", "-", "\"keyids\" is missing"},
                    Change{"root", "/signed/roles/root/keyids", "[\"a\",\"b\",\"a\"]", "/signed/roles/root/keyids: a key id stands here twice"},
                    Change{"root", "/signed/roles/root/keyids", "[7]", "/signed/roles/root/keyids/0: a text is needed"},
                    Change{"root", "/signed/consistent_snapshot", "\"true\"", "/signed/consistent_snapshot: true or false is needed"}));

INSTANTIATE_TEST_SUITE_P(
    OfTimestampAndSnapshot, TufMetadataIsRefused,
    testing::Values(Change{"timestamp", "/signed/meta", "-", "\"meta\" is missing"}, Change{"timestamp", "/signed/meta", "{}", "\"snapshot.json\" is missing"},
                    Change{"timestamp", "/signed/meta/snapshot.json", "3", "an object is needed"}, Change{"timestamp", "/signed/meta/snapshot.json/version", "-", "\"version\" is missing"},
                    Change{"timestamp", "/signed/meta/snapshot.json/version", "0", "at least 1"}, Change{"timestamp", "/signed/meta/snapshot.json/length", "-1", "at least 0"},
                    Change{"timestamp", "/signed/meta/snapshot.json/length", "\"5\"", "a whole number"}, Change{"timestamp", "/signed/meta/snapshot.json/hashes", "{}", "there is no digest"},
                    Change{"timestamp", "/signed/meta/snapshot.json/hashes", "[]", "an object is needed"},
                    Change{"timestamp", "/signed/meta/snapshot.json/hashes/sha256", "\"00\"", "not a sha256 in lower-case hexadecimal digits"},
                    Change{"timestamp", "/signed/meta/snapshot.json/hashes/sha256", "0", "a text is needed"}, Change{"snapshot", "/signed/meta/targets.json", "-", "\"targets.json\" is missing"},
                    Change{"snapshot", "/signed/meta/targets.json/version", "0", "at least 1"}, Change{"snapshot", "/signed/meta/x.json", "[]", "/signed/meta/x.json: an object is needed"},
                    Change{"snapshot", "/signed/meta/x.json", "{}", "\"version\" is missing"}));

INSTANTIATE_TEST_SUITE_P(
    OfTargets, TufMetadataIsRefused,
    testing::Values(Change{"targets", "/signed/targets", "-", "\"targets\" is missing"}, Change{"targets", "/signed/targets/a", "[]", "/signed/targets/a: an object is needed"},
                    Change{"targets", "/signed/targets/a/length", "-", "\"length\" is missing"}, Change{"targets", "/signed/targets/a/length", "-5", "at least 0"},
                    Change{"targets", "/signed/targets/a/hashes", "-", "\"hashes\" is missing"}, Change{"targets", "/signed/targets/a/hashes", "{}", "there is no digest"},
                    Change{"targets", "/signed/targets/a/custom", "7", "/signed/targets/a/custom: an object is needed"},
                    Change{"targets", "/signed/delegations", "[]", "/signed/delegations: an object is needed"}, Change{"targets", "/signed/delegations/keys", "-", "\"keys\" is missing"},
                    Change{"targets", "/signed/delegations/roles", "-", "either \"roles\" or \"succinct_roles\""},
                    Change{"targets", "/signed/delegations/succinct_roles", "{}", "either \"roles\" or \"succinct_roles\""},
                    Change{"targets", "/signed/delegations/roles/0", "7", "an object is needed"}, Change{"targets", "/signed/delegations/roles/0/name", "-", "\"name\" is missing"},
                    Change{"targets", "/signed/delegations/roles/0/name", "\"\"", "the text is empty"}, Change{"targets", "/signed/delegations/roles/0/name", "\"root\"", "cannot be the name"},
                    Change{"targets", "/signed/delegations/roles/0/terminating", "-", "\"terminating\" is missing"},
                    Change{"targets", "/signed/delegations/roles/0/terminating", "0", "true or false is needed"},
                    Change{"targets", "/signed/delegations/roles/0/paths", "-", "either \"paths\" or \"path_hash_prefixes\""},
                    Change{"targets", "/signed/delegations/roles/0/path_hash_prefixes", "[\"0\"]", "either \"paths\" or \"path_hash_prefixes\""},
                    Change{"targets", "/signed/delegations/roles/0/paths", "[7]", "a text is needed"},
                    Change{"targets", "/signed/delegations/roles/0/threshold", "0", "at least 1"}));

std::string with_succinct(const json::Value& succinct) {
  json::Value file = honest("targets");
  test::at(file, "/signed").set("delegations", json::Object{{"keys", json::Object()}, {"succinct_roles", succinct}});
  return json::compact(file);
}

TEST(TufMetadata, WithSuccinctRolesIsReadStrictlyToo) {
  const json::Value good = json::Object{{"keyids", json::Array()}, {"threshold", 1}, {"bit_length", 32}, {"name_prefix", "bin"}};
  EXPECT_FALSE(problem("targets", with_succinct(good)).has_value());
  for (const auto& [key, value] : {std::pair{"bit_length", "0"}, {"bit_length", "33"}, {"bit_length", "-1"}, {"bit_length", "\"8\""}, {"name_prefix", "\"\""}, {"name_prefix", "7"}, {"threshold", "0"}}) {
    json::Value wrong = good;
    wrong.set(key, json::parse(value).value());
    const auto error = problem("targets", with_succinct(wrong));
    ASSERT_TRUE(error.has_value()) << key << value;
    EXPECT_NE(error->pointer.find(key), std::string::npos) << error->to_text();
  }
}

TEST(TufMetadata, WithTwoRolesOfOneNameIsRefused) {
  json::Value file = honest("targets");
  json::Array& roles = test::at(file, "/signed/delegations/roles").array();
  roles.push_back(roles[0]);
  const auto error = problem("targets", json::compact(file));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->pointer, "/signed/delegations/roles/1/name");
  EXPECT_EQ(error->message, "there is a role of this name already");
}

TEST(TufMetadata, ThatIsNoJsonOrOnlyLooksLikeItIsRefused) {
  const std::string good = json::compact(honest("timestamp"));
  const std::vector<std::pair<std::string, ErrorCode>> wrong{
      {"", ErrorCode::invalid_json},
      {"[]", ErrorCode::invalid_document},
      {"null", ErrorCode::invalid_document},
      {good.substr(0, good.size() - 1), ErrorCode::invalid_json},
      {good + "{}", ErrorCode::invalid_json},
      {good + "x", ErrorCode::invalid_json},
      {good + std::string(1, '\0'), ErrorCode::invalid_json},
      {"\xEF\xBB\xBF" + good, ErrorCode::invalid_json},
      {good + "\xFF", ErrorCode::invalid_encoding},
      {"{\"signed\":{}," + good.substr(1), ErrorCode::invalid_json},
      {"{\"sign\\u0065d\":{}," + good.substr(1), ErrorCode::invalid_json},
      {std::string(100, '['), ErrorCode::limit_exceeded},
  };
  for (const auto& [bytes, code] : wrong) {
    const auto error = problem("timestamp", bytes);
    ASSERT_TRUE(error.has_value()) << bytes;
    EXPECT_EQ(error->code, code) << error->to_text();
    EXPECT_EQ(error->source, "timestamp");
  }
}

TEST(TufMetadata, WithAWholeNumberWrittenAsAFractionIsRefused) {
  std::string text = json::compact(honest("timestamp"));
  const std::string_view version = "\"version\":2,\"expires\"";
  const std::size_t found = text.find(version);
  ASSERT_NE(found, std::string::npos) << text;
  text.replace(found, version.size(), "\"version\":2.0,\"expires\"");
  const auto error = problem("timestamp", text);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->pointer, "/signed/version");
}

TEST(TufMetadata, OfMembersThatNobodyKnowsIsTaken) {
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) {
    json::Value file = honest(role);
    file.set("x", 0.5);  // not signed
    test::at(file, "/signed").set("x", json::Array{json::Object{{"y", nullptr}}});
    test::at(file, "/signatures/0").set("x", "y");
    EXPECT_FALSE(problem(role, json::compact(file)).has_value()) << role;
  }
  EXPECT_FALSE(problem("root", json::compact(changed({"root", "/signed/roles/mirrors", "7", ""}))).has_value());
}

TEST(TufMetadata, SaysWhatItSays) {
  const auto targets = read_targets("targets", json::compact(honest("targets"))).value();
  EXPECT_EQ(targets.version, 2);
  EXPECT_EQ(targets.expires, test::time("2026-02-01T00:00:00Z"));
  ASSERT_EQ(targets.delegations.size(), 1u);
  EXPECT_EQ(targets.delegations[0].role, "region");
  EXPECT_EQ(targets.delegations[0].keys.threshold, 1);
  ASSERT_EQ(targets.targets.size(), 1u);
  EXPECT_EQ(targets.targets[0].length, 1u);
  const auto snapshot = read_snapshot(json::compact(honest("snapshot"))).value();
  ASSERT_NE(snapshot.find("region"), nullptr);
  EXPECT_EQ(snapshot.find("region")->version, 2);
  EXPECT_EQ(snapshot.find("other"), nullptr);
}

}  // namespace
}  // namespace greenlane::trust
