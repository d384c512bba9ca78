// The fast lane: goes once over a text that simdjson has parsed, along the plan of its document type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "document/arena.h"
#include "document/document.h"
#include "document/projection.h"
#include "document/reading_plan.h"

namespace greenlane::document {

/// What simdjson made of a text: its tape (https://github.com/simdjson/simdjson/blob/v3.0.1/doc/tape.md) and strings.
struct Tape {
  const std::uint64_t* words = nullptr;
  const char* strings = nullptr;  ///< each behind its length in four bytes; `padding` bytes behind the last are readable
  bool escapes = false;           ///< false where no string of the text has any
  static constexpr std::size_t padding = 32;
};

/// Validates, writes the canonical form and makes nodes. Gives up on whatever is wrong or unusual. One thread.
class TapeWalk {
 public:
  TapeWalk(const ReadingPlan& plan, const Projection& projection, const json::Limits& limits);

  /// The end of the canonical form that was written to `out`, or null. `out` has room for the text and `padding`
  /// bytes more: the canonical form of what this takes is never longer than its text. Nodes are made in `arena`,
  /// free values in `values`.
  char* run(const Tape& tape, char* out, Arena& arena, std::deque<json::Value>& values, const Node*& root);

 private:
  struct Member {
    std::string_view key;
    std::size_t at = 0;  ///< of the value
  };

  char tag(std::size_t at) const noexcept { return static_cast<char>(tape_.words[at] >> 56); }
  std::size_t behind(std::size_t at) const noexcept;
  std::string_view string_at(std::size_t at) const noexcept;
  std::int64_t integer_at(std::size_t at) const noexcept;

  Node* new_node(const Field& field, const Node* parent, std::size_t index);
  char* value(const ValuePlan& plan, std::size_t at, Node* node, char* out);
  char* text(const ValuePlan& plan, std::string_view text, Node* node, char* out);
  char* integer(const ValuePlan& plan, std::int64_t value, Node* node, char* out);
  char* array(const ValuePlan& plan, std::size_t at, Node* node, char* out);
  char* object(const ValuePlan& plan, std::size_t at, Node* node, char* out);
  bool collect(const ObjectPlan& plan, std::size_t at, std::size_t* places, std::uint64_t* present);
  char* members(const ObjectPlan& plan, const std::size_t* places, const std::uint64_t* present,
                std::size_t first_other, Node* node, char* out);
  bool sort_others(std::size_t first);
  char* other(const Member& member, bool first, char* out);
  char* free_value(std::size_t at, char* out);
  char* free_object(std::size_t at, char* out);
  char* quoted(std::string_view text, char* out);
  json::Value tree(std::size_t at) const;

  const ReadingPlan& plan_;
  const Projection& projection_;
  json::Limits limits_;
  Tape tape_;
  Arena* arena_ = nullptr;
  std::deque<json::Value>* values_ = nullptr;
  std::size_t depth_ = 0;
  std::vector<std::size_t> places_;  ///< on the tape, by member, of all open objects
  std::size_t open_ = 0;             ///< of `places_`
  std::vector<Member> others_;       ///< members without a field, of all open objects
  std::string quoted_;
};

}  // namespace greenlane::document
