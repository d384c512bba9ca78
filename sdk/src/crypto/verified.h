// Verified<T>: what somebody trusted has said.
#pragma once

#include <utility>

namespace greenlane {

namespace trust {
class EnvelopeVerifier;
class Updater;
}  // namespace trust

/// The right to make a Verified<T>. Only the verifiers have it; it cannot be copied, nor be made of bytes (std::bit_cast).
class VerifierPass {
  VerifierPass() = default;
  VerifierPass(const VerifierPass&) = delete;
  friend class trust::EnvelopeVerifier;
  friend class trust::Updater;
};

/// A value whose signatures were checked. What must not be used unchecked takes its arguments in this form.
template <typename T>
class Verified {
 public:
  Verified(VerifierPass, T value) : value_(std::move(value)) {}

  const T& operator*() const& noexcept { return value_; }
  T&& operator*() && noexcept { return std::move(value_); }
  const T* operator->() const noexcept { return &value_; }

 private:
  T value_;
};

}  // namespace greenlane
