// Findings as pieces that are written one after the other: texts that never change, and values of fields.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "criteria/compiled_pack.h"
#include "screening/document_view.h"

namespace greenlane::screening {

/// The findings of one pack, each up to the end of its places. Texts and pieces of a criterion lie one behind the other,
/// and fields that many criteria name are held once, so that writing a finding touches little memory. Immutable; any thread.
class FindingPieces {
 public:
  explicit FindingPieces(const criteria::CompiledPack& pack);

  /// Appends the finding up to the end of `at`; false, with nothing appended, where its message has to be worked out.
  bool append(std::size_t criterion, const Element& element, std::string& out) const;

 private:
  enum class Kind : std::uint8_t {
    text,      ///< `size` bytes
    value_en,  ///< of the field `index`, in a message
    value_zh,
    position,  ///< of the element of variable `index`, from 0
    position_from_one,
    declared,  ///< the member `value` of a place at the field `index`
  };
  struct Piece {
    Kind kind;
    std::uint32_t index;
    std::uint32_t size;
  };

  void add_criterion(const criteria::CompiledCriterion& criterion);
  bool add_message(const criteria::MessageTemplate& message, Kind kind);
  void add_place(const criteria::PlacePath& path);
  void add_numbered(const criteria::NumberedText& text, Kind kind);
  void add_text(std::string_view text);
  std::uint32_t field(const criteria::PlacePath& path);
  bool append_piece(const Piece& piece, const Element& element, std::string& out) const;

  std::vector<criteria::PlacePath> fields_;
  std::vector<Piece> pieces_;
  std::string texts_;
  std::vector<std::uint32_t> first_piece_, first_text_;  ///< by criterion, and the end; without pieces it has to be worked out
};

}  // namespace greenlane::screening
