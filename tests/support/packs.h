// Small criteria packs for tests, from what matters about each criterion.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "criteria/compiled_pack.h"
#include "criteria/pack_builder.h"
#include "criteria/pack_reader.h"
#include "crypto/digest.h"
#include "document/document.h"
#include "screening/explainer.h"
#include "screening/pack_tests.h"
#include "screening/screener.h"

namespace greenlane::test {

inline json::Value parsed(std::string_view text) {
  auto value = json::parse(text, criteria::pack_limits());
  EXPECT_TRUE(value.ok()) << (value.ok() ? "" : value.error().to_text()) << "\n" << text.substr(0, 500);
  return value.ok() ? *std::move(value) : json::Value();
}

/// A criterion of a test: everything has a default but the condition.
struct Draft {
  std::string when = {};
  std::string id = "T.ONE";
  int version = 1;
  std::string each = {};
  std::string rows = {};
  std::string from = "2020-01-01";
  std::string to = {};
  std::string level = "high";
  std::string domain = "goods";
  std::string supersedes = {};
  std::string message = "hit";
  std::vector<std::string> at = {"declaration"};
  std::string remedies = {};  ///< JSON array
  std::string tests = {};     ///< JSON array

  json::Value json() const {
    json::Object c;
    c.push_back({"id", id});
    c.push_back({"version", version});
    c.push_back({"domain", domain});
    c.push_back({"level", level});
    c.push_back({"title", json::Object{{"en", "Title of " + id}, {"zh", "标题"}}});
    c.push_back({"legal_basis", json::Array{json::Object{{"ref", "Order 1, Art. 2"}, {"verified", true}}}});
    json::Object effective{{"from", from}};
    if (!to.empty()) effective.push_back({"to", to});
    c.push_back({"effective", std::move(effective)});
    c.push_back({"when", when});
    json::Array places;
    for (const std::string& place : at) places.push_back(place);
    c.push_back(
        {"finding", json::Object{{"code", "TEST_HIT"},
                                 {"message", json::Object{{"en", message}, {"zh", "命中：" + message}}},
                                 {"at", std::move(places)}}});
    for (const auto& [key, value] :
         {std::pair("each", each), std::pair("rows", rows), std::pair("supersedes", supersedes)}) {
      if (!value.empty()) c.push_back({key, value});
    }
    if (!remedies.empty()) c.push_back({"remedies", parsed(remedies)});
    if (!tests.empty()) c.push_back({"tests", parsed(tests)});
    return json::Value(std::move(c));
  }
};

inline json::Value pack_json(const std::vector<Draft>& criteria, std::string_view lists = "{}") {
  json::Value pack = parsed(R"({"format": "greenlane.criteria/1", "id": "test-pack", "revision": 7,
    "title": {"en": "Test pack", "zh": "测试"}, "authority": {"id": "T", "name": {"en": "Tests", "zh": "测试"}},
    "jurisdiction": "CN", "published_at": "2026-01-01T00:00:00Z", "utc_offset": "+08:00",
    "applies_to": "greenlane.declaration/1"})");
  pack.set("lists", parsed(lists));
  json::Array all;
  for (const Draft& draft : criteria) all.push_back(draft.json());
  pack.set("criteria", std::move(all));
  return pack;
}

/// A compiled pack, or what is wrong with it.
struct Compiled {
  std::shared_ptr<const criteria::CompiledPack> pack;
  std::vector<criteria::PackIssue> issues;
  PackIdentity identity;
  std::string text;  ///< the pack as JSON

  /// The first mistake as "CODE POINTER LINE:COLUMN MESSAGE", with the place in the expression where there is
  /// one.
  std::string mistake() const {
    for (const auto& issue : issues) {
      if (!issue.is_error) continue;
      const Error& e = issue.error;
      std::string out = std::string(to_string(e.code)) + " " + e.pointer + " ";
      if (e.line != 0) out += std::to_string(e.line) + ":" + std::to_string(e.column) + " ";
      return out + e.message.substr(0, e.message.find('\n'));
    }
    return "";
  }
};

inline Compiled compile_json(const json::Value& json, const criteria::CompiledPack::Limits& limits = {}) {
  Compiled made;
  made.text = json::compact(json);
  auto source = criteria::read_pack(json);
  if (!source.ok()) {
    made.issues.push_back({true, source.error()});
    return made;
  }
  const std::string digest = "sha256:" + crypto::sha256_hex(criteria::pack_bytes(json));
  made.pack = criteria::CompiledPack::compile(*std::move(source), digest, made.issues, limits);
  if (made.pack)
    made.identity = {made.pack->source().id, made.pack->source().revision, digest, "local", "not_applicable"};
  return made;
}

inline Compiled compile(const std::vector<Draft>& criteria, std::string_view lists = "{}") {
  return compile_json(pack_json(criteria, lists));
}

/// A pack that must compile.
inline Compiled good(const std::vector<Draft>& criteria, std::string_view lists = "{}") {
  Compiled made = compile(criteria, lists);
  EXPECT_EQ(made.mistake(), "");
  return made;
}

/// A declaration of the members given: R"("items": [])".
inline std::unique_ptr<document::Document> declaration(std::string_view members) {
  const std::string text = R"({"format": "greenlane.declaration/1")" +
                           std::string(members.empty() ? "" : ", ") + std::string(members) + "}";
  auto made = document::Document::parse(document::builtin_table("greenlane.declaration/1").value(), text);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().to_text());
  return made.ok() ? *std::move(made) : nullptr;
}

inline Date test_day() { return *Date::parse("2025-07-01"); }

inline Assessment assess(const Compiled& compiled, std::string_view members,
                         std::optional<Date> as_of = test_day()) {
  const auto document = declaration(members);
  if (!compiled.pack || !document) return {};
  auto made = screening::screen(compiled.pack, compiled.identity, *document, as_of);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().to_text());
  return made.ok() ? *std::move(made) : Assessment{};
}

/// "hit", "clear", "undetermined /a /b", "hit and undetermined /a", "error: …" of a pack's only criterion.
inline std::string verdict(const Assessment& a) {
  std::string out = a.findings.empty() ? "" : "hit";
  for (const Undetermined& u : a.undetermined) {
    if (!u.error.empty()) return "error: " + u.error;
    out += out.empty() ? "undetermined" : " and undetermined";
    for (const std::string& pointer : u.missing) out += " " + pointer;
  }
  return out.empty() ? "clear" : out;
}

/// The verdict of one condition on one declaration.
inline std::string verdict(const Draft& draft, std::string_view members, std::string_view lists = "{}") {
  const Compiled compiled = compile({draft}, lists);
  return compiled.pack ? verdict(assess(compiled, members)) : "refused: " + compiled.mistake();
}

/// The same for a condition over the declaration as a whole.
inline std::string verdict(std::string_view when, std::string_view members, std::string_view lists = "{}") {
  return verdict(Draft{.when = std::string(when)}, members, lists);
}

}  // namespace greenlane::test
