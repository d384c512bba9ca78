// Writes JSON text member by member, without a tree in between.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "greenlane/assessment.h"

namespace greenlane::screening {

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& begin_object(std::string_view key) { return name(key).open('{', false); }
  JsonWriter& begin_array(std::string_view key) { return name(key).open('[', false); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& member(std::string_view key, std::string_view text);
  JsonWriter& member(std::string_view key, const char* text) { return member(key, std::string_view(text)); }
  JsonWriter& member(std::string_view key, std::int64_t number);
  JsonWriter& member(std::string_view key, bool truth);
  /// `text` is JSON already.
  JsonWriter& raw_member(std::string_view key, std::string_view text);
  JsonWriter& element(std::string_view text);

  std::string take() { return std::move(out_); }

 private:
  JsonWriter& name(std::string_view key);
  JsonWriter& open(char bracket, bool separate = true);
  JsonWriter& close(char bracket);
  void separate();

  std::string out_;
};

/// The members `declaration` and `pack`.
void write_identity(JsonWriter& out, std::string_view id, std::string_view digest, const PackIdentity& pack);

/// The member `row`.
void write_row(JsonWriter& out, const MatchedRow& row);

}  // namespace greenlane::screening
