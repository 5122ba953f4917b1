"""The plan: options, measures, approvals and the customer's word before any work begins."""
