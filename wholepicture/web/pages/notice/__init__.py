"""Recording a domestic abuse notice, and its receipt."""
