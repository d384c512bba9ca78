// Writes JSON text member by member, without a tree in between.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "greenlane/assessment.h"

namespace greenlane::screening {

/// Appends to a text: a document on a line of its own, or the middle of one. Keys are names that need no escapes.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
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
  /// Puts the comma before an element that is written by somebody else.
  JsonWriter& separate();
  std::string& text() noexcept { return out_; }
  /// Anything that is written already.
  JsonWriter& raw(std::string_view text) {
    out_ += text;
    return *this;
  }

 private:
  JsonWriter& name(std::string_view key);
  JsonWriter& open(char bracket, bool separate = true);
  JsonWriter& close(char bracket);
  std::string& out_;
};

/// The member `declaration`.
void write_declaration(JsonWriter& out, std::string_view id, std::string_view digest);
/// The member `pack`.
void write_pack(JsonWriter& out, const PackIdentity& pack);

/// The member `row`.
void write_row(JsonWriter& out, const MatchedRow& row);

}  // namespace greenlane::screening
